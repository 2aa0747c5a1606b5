// Go's crypto/tls as a peer: interop '{"role": ...}' (see scripted.py).
package main

import (
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"time"
)

type task struct {
	Role, Version, Suite, Host, Root, Certificate, Key, Request, Response string
	Port                                                                  int
	Groups                                                                []string
	Client_certificate, Resume, Alpn                                      bool
	Ech_configs, Ech_config, Ech_key                                      []byte
}

type heard struct {
	Version            string `json:"version"`
	Suite              string `json:"suite"`
	Group              string `json:"group,omitempty"`
	Resumed            bool   `json:"resumed"`
	Alpn               string `json:"alpn,omitempty"`
	Client_certificate bool   `json:"client_certificate"`
	Ech                bool   `json:"ech"`
}

var groups = map[string]tls.CurveID{
	"x25519": tls.X25519, "secp256r1": tls.CurveP256, "X25519MLKEM768": tls.X25519MLKEM768,
}

func must(problem error) {
	if problem != nil {
		var rejection *tls.ECHRejectionError
		if errors.As(problem, &rejection) {
			fmt.Printf("RETRY %x\n", rejection.RetryConfigList)
		}
		fmt.Println("PROBLEM", problem)
		os.Exit(1)
	}
}

func settings(asked task) *tls.Config {
	version := map[string]uint16{"1.2": tls.VersionTLS12, "1.3": tls.VersionTLS13}[asked.Version]
	pem, problem := os.ReadFile(asked.Root)
	must(problem)
	roots := x509.NewCertPool()
	roots.AppendCertsFromPEM(pem)
	config := &tls.Config{MinVersion: version, MaxVersion: version, RootCAs: roots,
		ClientCAs: roots, ServerName: asked.Host, ClientSessionCache: tls.NewLRUClientSessionCache(4)}
	for _, suite := range append(tls.CipherSuites(), tls.InsecureCipherSuites()...) {
		if suite.Name == asked.Suite {
			config.CipherSuites = []uint16{suite.ID}
		}
	}
	for _, name := range asked.Groups {
		config.CurvePreferences = append(config.CurvePreferences, groups[name])
	}
	if asked.Certificate != "" {
		pair, problem := tls.LoadX509KeyPair(asked.Certificate, asked.Key)
		must(problem)
		config.Certificates = []tls.Certificate{pair}
	}
	if asked.Alpn && asked.Role == "client" {
		config.NextProtos = []string{"h2", "http/1.1"}
	} else if asked.Alpn {
		config.NextProtos = []string{"http/1.1"}
	}
	if asked.Client_certificate && asked.Role == "server" {
		config.ClientAuth = tls.RequireAndVerifyClientCert
	}
	config.EncryptedClientHelloConfigList = asked.Ech_configs
	if asked.Ech_key != nil {
		config.EncryptedClientHelloKeys = []tls.EncryptedClientHelloKey{
			{Config: asked.Ech_config, PrivateKey: asked.Ech_key, SendAsRetry: true}}
	}
	return config
}

func report(channel *tls.Conn) {
	state := channel.ConnectionState()
	said := heard{Version: tls.VersionName(state.Version)[4:], Suite: tls.CipherSuiteName(state.CipherSuite),
		Resumed: state.DidResume, Alpn: state.NegotiatedProtocol,
		Client_certificate: len(state.PeerCertificates) > 0, Ech: state.ECHAccepted}
	for name, number := range groups {
		if number == state.CurveID {
			said.Group = name
		}
	}
	line, problem := json.Marshal(said)
	must(problem)
	fmt.Println("HEARD", string(line))
}

func serve(asked task, config *tls.Config) {
	door, problem := net.Listen("tcp", fmt.Sprintf("127.0.0.1:%d", asked.Port))
	must(problem)
	fmt.Println("LISTENING")
	for {
		link, problem := door.Accept()
		must(problem)
		link.SetDeadline(time.Now().Add(10 * time.Second))
		channel := tls.Server(link, config)
		if _, problem := channel.Read(make([]byte, 4096)); problem != nil {
			fmt.Println("PROBLEM", problem)
		} else {
			channel.Write([]byte(asked.Response))
			report(channel)
		}
		channel.Close()
	}
}

func visit(asked task, config *tls.Config) {
	times := 1
	if asked.Resume {
		times = 2
	}
	for ; times > 0; times-- {
		link, problem := net.Dial("tcp", fmt.Sprintf("127.0.0.1:%d", asked.Port))
		must(problem)
		link.SetDeadline(time.Now().Add(10 * time.Second))
		channel := tls.Client(link, config)
		_, problem = channel.Write([]byte(asked.Request))
		must(problem)
		answer, problem := io.ReadAll(channel)
		must(problem)
		fmt.Println(string(answer))
		report(channel)
		channel.Close()
	}
}

func main() {
	var asked task
	must(json.Unmarshal([]byte(os.Args[1]), &asked))
	if asked.Role == "server" {
		serve(asked, settings(asked))
	} else {
		visit(asked, settings(asked))
	}
}
