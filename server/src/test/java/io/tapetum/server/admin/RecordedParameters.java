package io.tapetum.server.admin;

import java.net.InetSocketAddress;
import javax.net.ssl.SSLParameters;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;

/** A connection that is only configured. */
final class RecordedParameters extends HttpsParameters {

    private SSLParameters recorded = new SSLParameters();

    /** What the connection would have. */
    SSLParameters recorded() {
        return recorded;
    }

    @Override
    public HttpsConfigurator getHttpsConfigurator() {
        throw new UnsupportedOperationException();
    }

    @Override
    public InetSocketAddress getClientAddress() {
        return new InetSocketAddress(0);
    }

    @Override
    public void setSSLParameters(SSLParameters parameters) {
        recorded = parameters;
    }
}
