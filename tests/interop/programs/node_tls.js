// Node's tls module as a peer: node node_tls.js '{"role": ...}' (see scripted.py).
const fs = require("node:fs"), tls = require("node:tls");

const asked = JSON.parse(process.argv[2]);
const GROUPS = { x25519: "X25519", secp256r1: "P-256", X25519MLKEM768: "X25519MLKEM768" };
const version = "TLSv" + asked.version;
const settings = {
  minVersion: version, maxVersion: version, ciphers: asked.openssl_suite,
  ecdhCurve: asked.groups.map((group) => GROUPS[group]).join(":"), ca: fs.readFileSync(asked.root),
};
if (asked.certificate) {
  settings.cert = fs.readFileSync(asked.certificate);
  settings.key = fs.readFileSync(asked.key);
}

function report(channel) {
  const key = channel.getEphemeralKeyInfo && channel.getEphemeralKeyInfo();
  const peer = asked.role === "server" ? channel.getPeerCertificate() : null;
  console.log("HEARD " + JSON.stringify({
    version: channel.getProtocol().replace("TLSv", ""), suite: channel.getCipher().standardName,
    group: { prime256v1: "secp256r1", X25519: "x25519" }[key && key.name] || null,
    resumed: channel.isSessionReused(), alpn: channel.alpnProtocol || null,
    client_certificate: peer ? Object.keys(peer).length > 0 : null,
  }));
}

function serve() {
  const server = tls.createServer({ ...settings, requestCert: asked.client_certificate,
    rejectUnauthorized: asked.client_certificate,
    ALPNProtocols: asked.alpn ? ["http/1.1"] : undefined }, (channel) => {
    channel.on("error", (problem) => console.log("PROBLEM " + problem.message));
    channel.once("data", () => { report(channel); channel.end(asked.response); });
  });
  server.on("tlsClientError", (problem) => console.log("PROBLEM " + problem.message));
  server.listen(asked.port, "127.0.0.1", () => console.log("LISTENING"));
}

function visit(session, left) {
  let ticket = session;
  const channel = tls.connect({ ...settings, host: "127.0.0.1", port: asked.port, session,
    servername: asked.host, ALPNProtocols: asked.alpn ? ["h2", "http/1.1"] : undefined });
  channel.on("secureConnect", () => channel.write(asked.request));
  channel.on("session", (fresh) => { ticket = fresh; });
  channel.on("data", (data) => console.log(data.toString()));
  channel.on("error", (problem) => { console.log("PROBLEM " + problem.message); process.exit(1); });
  channel.on("end", () => report(channel));
  channel.on("close", () => { if (left > 1) visit(ticket, left - 1); });
}

if (asked.role === "server") serve();
else visit(undefined, asked.resume ? 2 : 1);
