package io.tapetum.server.config;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;

import com.typesafe.config.ConfigObject;
import org.jspecify.annotations.Nullable;

import io.tapetum.server.config.Section.Entry;

/** Reads the addresses of this host that peers connect to. */
final class ListenReader {

    /** BGP's (RFC 4271 §3). */
    private static final int DEFAULT_PORT = 179;

    private static final InetAddress EVERY_ADDRESS = InetAddress.ofLiteral("::");
    private static final ListenAddress STAND_IN = new ListenAddress(EVERY_ADDRESS, DEFAULT_PORT);

    private static final Kind<InetAddress> ADDRESS = Kinds.ADDRESS.or("*", EVERY_ADDRESS);

    private static final Kind<ListenAddress> BGP = new Kind<>(
            "an address and port such as 10.0.0.1:179, [2001:db8::1]:179 or *:179 (no host name)", STAND_IN,
            text -> parse(text, DEFAULT_PORT));

    private final Problems problems;

    ListenReader(Problems problems) {
        this.problems = problems;
    }

    /** What peers connect to. */
    List<ListenAddress> peers(Section root) {
        List<ListenAddress> addresses = new ArrayList<>();
        List<Entry> entries = new ArrayList<>();
        for (Entry entry : root.list("listen")) {
            ListenAddress address = entry.value() instanceof ConfigObject object
                    ? block(Section.of(entry.path(), object, problems))
                    : Section.read(entry, BGP, problems);
            if (address == null) {
                continue;
            }
            for (int i = 0; i < addresses.size(); i++) {
                if (address.overlaps(addresses.get(i))) {
                    problems.badValue(entry.path(), entry.value(), "another address or port than " + addresses.get(i)
                            + ", which is listened on already (" + problems.place(entries.get(i).value().origin())
                            + ")");
                }
            }
            addresses.add(address);
            entries.add(entry);
        }
        return addresses;
    }

    private @Nullable ListenAddress block(Section section) {
        section.refuseKeysOtherThan(Schema.LISTEN);
        InetAddress address = section.read("address", ADDRESS);
        int port = section.get("port", Kinds.PORT, DEFAULT_PORT);
        return address == null ? null : new ListenAddress(address, port);
    }

    /** An address, with a port behind a colon; an IPv6 address with a port stands in brackets. */
    static @Nullable ListenAddress parse(String text, int defaultPort) {
        String host = text;
        Integer port = defaultPort;
        int colon = text.lastIndexOf(':');
        boolean bracketed = text.startsWith("[");
        if (bracketed ? text.lastIndexOf("]:") == colon - 1 && colon > 0 : colon >= 0 && colon == text.indexOf(':')) {
            host = text.substring(0, colon);
            port = Kinds.PORT.parse().apply(text.substring(colon + 1));
        }
        if (bracketed && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        }
        InetAddress address = ADDRESS.parse().apply(host);
        if (address == null || port == null || (bracketed && address instanceof Inet4Address)) {
            return null;
        }
        return new ListenAddress(address, port);
    }
}
