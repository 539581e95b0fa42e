package io.tapetum.server.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import io.tapetum.server.config.Section.Entry;
import io.tapetum.server.keys.KeyReference;

/** Reads where operators connect to, and who of them may. */
final class AdminReader {

    private static final ListenAddress STAND_IN = new ListenAddress(Kinds.ADDRESS.standIn(), 9179);

    private static final Kind<ListenAddress> LISTEN = new Kind<>(
            "off, or an address and port such as 127.0.0.1:9179 or [::1]:9179", STAND_IN,
            text -> ListenAddress.parse(text).orElse(null));

    private static final Pattern HOST_NAME = Pattern
            .compile("(?=.{1,253}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*");

    private static final Kind<String> HOST = new Kind<>("a host name without a port, such as rr1.example.net", "x",
            text -> {
                String name = text.toLowerCase(Locale.ROOT);
                return HOST_NAME.matcher(name).matches() ? name : null;
            });

    private static final Kind<AdminSettings.Scope> SCOPE = Kinds.choice(scopes());

    private static final Kind<KeyReference> TOKEN = new Kind<>(
            "file:PATH or env:VARIABLE, where the token is; never the token itself", new KeyReference.Variable("X"),
            text -> KeyReference.parse(text).filter(AdminReader::holdsTokens).orElse(null));

    private static final int MOST_SESSIONS = 1_000_000;

    private static final Kind<Integer> SESSIONS = Kinds.integer(1, MOST_SESSIONS).or("none", 0).or("all",
            Integer.MAX_VALUE);

    private final Section admin;
    private final KeysSettings keys;
    private final Problems problems;

    /** @param keys in whose store the endpoint's certificate may be */
    AdminReader(Section admin, KeysSettings keys, Problems problems) {
        this.admin = admin;
        this.keys = keys;
        this.problems = problems;
    }

    /** @param taken what peers connect to */
    AdminSettings read(List<ListenAddress> taken) {
        admin.refuseKeysOtherThan(Schema.ADMIN);
        List<String> hostNames = new ArrayList<>();
        for (Entry entry : admin.list("host-names")) {
            String name = Section.read(entry, HOST, problems);
            if (name != null) {
                hostNames.add(name);
            }
        }
        AdminSettings.Tls tls = tls(admin.section("tls"));
        List<AdminSettings.Token> tokens = tokens();
        AdminSettings.Metrics metrics = metrics(admin.section("metrics"));
        Entry entry = admin.find("listen");
        if (entry == null || "off".equals(entry.value().unwrapped())) {
            return new AdminSettings(null, hostNames, tls, tokens, metrics);
        }
        ListenAddress address = Section.read(entry, LISTEN, problems);
        if (address != null) {
            if (taken.stream().anyMatch(address::overlaps)) {
                problems.badValue(entry.path(), entry.value(), "another port than tapetum.listen has");
            }
            if (!address.address().isLoopbackAddress()) {
                demandProtection(entry, tls == null, tokens.isEmpty());
            }
        }
        return new AdminSettings(address, hostNames, tls, tokens, metrics);
    }

    /** Whoever reaches the endpoint can end every session. */
    private void demandProtection(Entry listen, boolean withoutTls, boolean withoutTokens) {
        List<String> missing = new ArrayList<>();
        if (withoutTls) {
            missing.add("tls { cert-file = PATH, key-file = PATH }");
        }
        if (withoutTokens) {
            missing.add("tokens = [ { name = NAME, scope = write, token = \"file:PATH\" } ]");
        }
        if (!missing.isEmpty()) {
            problems.badValue(listen.path(), listen.value(), "an address and port of the loopback interface, such as"
                    + " 127.0.0.1:9179, or beside it in tapetum.admin also " + String.join(" and ", missing)
                    + ": whoever reaches this endpoint from another host could end every session");
        }
    }

    private AdminSettings.@Nullable Tls tls(Section tls) {
        tls.refuseKeysOtherThan(Schema.ADMIN_TLS);
        Path cert = tls.file("cert-file");
        Path key = tls.file("key-file");
        Path clientCa = tls.file("client-ca-file");
        EndpointKinds.checkPair(tls, problems);
        boolean fromKeystore = tls.get("from-keystore", Kinds.BOOLEAN);
        AdminSettings.Certificate stored = fromKeystore ? stored(tls) : null;
        Entry entry = tls.find("client-ca-file");
        if (clientCa != null && entry != null && !tls.isSet("cert-file") && !fromKeystore) {
            problems.badValue(entry.path(), entry.value(),
                    "cert-file and key-file to be set too, or from-keystore = true");
        }
        if (stored != null) {
            return new AdminSettings.Tls(stored, clientCa);
        }
        return cert == null || key == null
                ? null
                : new AdminSettings.Tls(new AdminSettings.Certificate.Files(cert, key), clientCa);
    }

    private AdminSettings.@Nullable Certificate stored(Section tls) {
        Entry entry = tls.find("from-keystore");
        if (tls.isSet("cert-file") && entry != null) {
            problems.badValue(entry.path(), entry.value(), "false, because cert-file is set");
        }
        if (keys.store() != null && keys.passphrase() != null) {
            return new AdminSettings.Certificate.InKeystore(keys.store(), keys.passphrase());
        }
        if (entry != null) {
            problems.badValue(entry.path(), entry.value(), "tapetum.keys.store and its passphrase to be set too");
        }
        return null;
    }

    private List<AdminSettings.Token> tokens() {
        Map<String, AdminSettings.Token> tokens = new LinkedHashMap<>();
        for (Section section : admin.sections("tokens")) {
            section.refuseKeysOtherThan(Schema.ADMIN_TOKEN);
            String name = section.get("name", Kinds.NAME);
            AdminSettings.Scope scope = section.get("scope", SCOPE);
            KeyReference source = section.get("token", TOKEN);
            Entry entry = section.find("token");
            if (entry != null && source instanceof KeyReference.InFile(Path file) && !Files.isReadable(file)) {
                problems.add(entry.value().origin(), entry.path() + ": " + (Files.exists(file)
                        ? file + " may not be read by this process; check its owner and mode"
                        : "there is no file " + file));
            }
            Entry named = section.find("name");
            if (tokens.put(name, new AdminSettings.Token(name, scope, source)) != null && named != null) {
                problems.badValue(named.path(), named.value(), "a name that no other token has");
            }
        }
        return List.copyOf(tokens.values());
    }

    private static AdminSettings.Metrics metrics(Section metrics) {
        metrics.refuseKeysOtherThan(Schema.ADMIN_METRICS);
        return new AdminSettings.Metrics(metrics.get("sessions", SESSIONS), metrics.get("bird-names", Kinds.BOOLEAN));
    }

    private static boolean holdsTokens(KeyReference reference) {
        return reference instanceof KeyReference.InFile || reference instanceof KeyReference.Variable;
    }

    private static SequencedMap<String, AdminSettings.Scope> scopes() {
        SequencedMap<String, AdminSettings.Scope> scopes = new LinkedHashMap<>();
        scopes.put("read", AdminSettings.Scope.READ);
        scopes.put("write", AdminSettings.Scope.WRITE);
        return scopes;
    }
}
