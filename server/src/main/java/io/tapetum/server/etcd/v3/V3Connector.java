package io.tapetum.server.etcd.v3;

import java.net.URI;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManager;
import javax.net.ssl.TrustManager;

import com.google.protobuf.ByteString;
import io.etcd.jetcd.api.AuthGrpc;
import io.etcd.jetcd.api.AuthenticateRequest;
import io.grpc.Channel;
import io.grpc.ChannelCredentials;
import io.grpc.ClientInterceptors;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import io.grpc.TlsChannelCredentials;
import io.grpc.stub.MetadataUtils;
import org.jspecify.annotations.Nullable;

import io.tapetum.server.config.EtcdSettings;
import io.tapetum.server.etcd.EtcdException;
import io.tapetum.server.etcd.TlsFiles;

/**
 * Makes connections: with TLS if the endpoint says so, with a log-in if there is a user. Every connection logs in by
 * itself, so a log-in that has expired costs no more than a new connection.
 */
final class V3Connector {

    /** A page of a thousand of Calico's nodes with many labels is some ten megabytes. */
    private static final int LARGEST_ANSWER = 256 << 20;
    /** With the next, a peer that is gone without a word is noticed within 15 s. The shortest that gRPC and etcd allow. */
    private static final long PING_AFTER_SECONDS = 10;
    private static final long PING_TIMEOUT_SECONDS = 5;

    private static final String TOKEN = "token";
    /** Asks a member that has lost its cluster to say so, and not to sit on a watch that nothing will ever come from. */
    private static final String HAS_LEADER = "hasleader";
    private static final String AUTHENTICATION_OFF = "authentication is not enabled";

    private final EtcdSettings settings;
    private final Executor calls;

    V3Connector(EtcdSettings settings, Executor calls) {
        this.settings = settings;
        this.calls = calls;
    }

    V3Connection open(URI endpoint) throws EtcdException, InterruptedException {
        ManagedChannel channel = channel(endpoint);
        boolean opened = false;
        try {
            Metadata headers = new Metadata();
            headers.put(key(HAS_LEADER), "true");
            String token = token(endpoint, channel);
            if (token != null) {
                headers.put(key(TOKEN), token);
            }
            Channel calling = ClientInterceptors.intercept(channel,
                    MetadataUtils.newAttachHeadersInterceptor(headers));
            opened = true;
            return new V3Connection(endpoint, channel, calling);
        } finally {
            if (!opened) {
                ManagedChannel _ = channel.shutdownNow();
            }
        }
    }

    private static Metadata.Key<String> key(String name) {
        return Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
    }

    private ManagedChannel channel(URI endpoint) throws EtcdException {
        return Grpc.newChannelBuilderForAddress(endpoint.getHost(), endpoint.getPort(), credentials(endpoint))
                .executor(calls).offloadExecutor(calls).keepAliveTime(PING_AFTER_SECONDS, TimeUnit.SECONDS)
                .keepAliveTimeout(PING_TIMEOUT_SECONDS, TimeUnit.SECONDS).maxInboundMessageSize(LARGEST_ANSWER)
                .disableRetry().disableServiceConfigLookUp().build();
    }

    private ChannelCredentials credentials(URI endpoint) throws EtcdException {
        if (!"https".equals(endpoint.getScheme())) {
            return InsecureChannelCredentials.create();
        }
        TlsFiles files = TlsFiles.read(settings);
        TlsChannelCredentials.Builder tls = TlsChannelCredentials.newBuilder();
        TrustManager[] trust = files.trustManagers();
        if (trust != null) {
            tls = tls.trustManager(trust);
        }
        KeyManager[] keys = files.keyManagers();
        if (keys != null) {
            tls = tls.keyManager(keys);
        }
        return tls.build();
    }

    private @Nullable String token(URI endpoint, ManagedChannel channel) throws EtcdException, InterruptedException {
        if (settings.username() == null) {
            return null;
        }
        String password = settings.password() == null ? "" : settings.password().text();
        try {
            return AuthGrpc.newBlockingStub(channel)
                    .withDeadlineAfter(V3Connection.DEADLINE_SECONDS, TimeUnit.SECONDS)
                    .authenticate(AuthenticateRequest.newBuilder()
                            .setNameBytes(ByteString.copyFromUtf8(settings.username()))
                            .setPasswordBytes(ByteString.copyFromUtf8(password)).build())
                    .getToken();
        } catch (StatusRuntimeException e) {
            if (String.valueOf(e.getStatus().getDescription()).contains(AUTHENTICATION_OFF)) {
                return null;
            }
            throw V3Failure.of(endpoint, e);
        }
    }
}
