"""An OpenSSL client that comes back with a session."""

from OpenSSL import SSL

from helpers.sources.openssl import OpenSSLEndpoint


class Resuming(OpenSSLEndpoint):
    """An OpenSSL client that offers a session it has."""

    def __init__(self, context: SSL.Context, session: SSL.Session):
        super().__init__(context)
        self._connection.set_session(session)
        self._connection.set_connect_state()
        self._advance([])
