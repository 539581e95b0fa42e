package io.tapetum.server.admin;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;

import org.jspecify.annotations.Nullable;

import io.tapetum.server.tls.TlsIdentity;

/**
 * Shows the newest certificate. Java asks for an alias first and then for what is behind it; so every certificate has an
 * alias of its own, and a handshake that began before a renewal ends with what it began with. Callable by any thread.
 */
final class RenewedKeyManager extends X509ExtendedKeyManager {

    private record Offer(String alias, TlsIdentity identity) {}

    private final Renewed<TlsIdentity> identity;

    // All guarded by this object's monitor.
    private Offer latest;
    private Offer before;
    private long offers = 1;

    RenewedKeyManager(Renewed<TlsIdentity> identity) {
        this.identity = identity;
        this.latest = new Offer("1", identity.get());
        this.before = latest;
    }

    /** Whoever reads the new certificate does so outside of the monitor, where other handshakes do not wait for it. */
    private Offer offer() {
        return offer(identity.get());
    }

    private synchronized Offer offer(TlsIdentity current) {
        if (!current.equals(latest.identity())) {
            // Two threads may get here in another order than they read, so the one before may come back: as it was.
            Offer next = current.equals(before.identity())
                    ? before
                    : new Offer(String.valueOf(++offers), current);
            before = latest;
            latest = next;
        }
        return latest;
    }

    private synchronized @Nullable TlsIdentity find(String alias) {
        return alias.equals(latest.alias())
                ? latest.identity()
                : alias.equals(before.alias()) ? before.identity() : null;
    }

    @Override
    public @Nullable String chooseEngineServerAlias(String keyType, Principal @Nullable [] issuers,
            @Nullable SSLEngine engine) {
        Offer offer = offer();
        return offer.identity().key().getAlgorithm().equals(keyType) ? offer.alias() : null;
    }

    @Override
    public @Nullable String chooseServerAlias(String keyType, Principal @Nullable [] issuers,
            @Nullable Socket socket) {
        return chooseEngineServerAlias(keyType, issuers, null);
    }

    @Override
    public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
        String alias = chooseEngineServerAlias(keyType, issuers, null);
        return alias == null ? null : new String[]{alias};
    }

    @Override
    public X509Certificate @Nullable [] getCertificateChain(String alias) {
        TlsIdentity found = find(alias);
        return found == null ? null : found.chain().toArray(X509Certificate[]::new);
    }

    @Override
    public @Nullable PrivateKey getPrivateKey(String alias) {
        TlsIdentity found = find(alias);
        return found == null ? null : found.key();
    }

    /** It is of servers only. */
    @Override
    public @Nullable String chooseClientAlias(String[] keyTypes, Principal @Nullable [] issuers,
            @Nullable Socket socket) {
        return null;
    }

    @Override
    public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
        return null;
    }
}
