package io.tapetum.server.etcd;

import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Hashtable;
import java.util.List;

import javax.naming.Context;
import javax.naming.NameNotFoundException;
import javax.naming.NamingEnumeration;
import javax.naming.NamingException;
import javax.naming.directory.Attribute;
import javax.naming.directory.InitialDirContext;

/** The endpoints that etcd publishes in DNS (RFC 2782): those with TLS if there are any, else those without. */
final class SrvRecords {

    private static final String WITH_TLS = "_etcd-client-ssl._tcp.";
    private static final String WITHOUT_TLS = "_etcd-client._tcp.";
    private static final String TIMEOUT_MS = "2000";
    private static final String TRIES = "2";

    private final String server;

    /** Asks the name servers of this machine. */
    SrvRecords() {
        this("dns:");
    }

    /** @param server a {@code dns:} URL */
    SrvRecords(String server) {
        this.server = server;
    }

    /** Those of a domain, in the order of RFC 2782's priority, and of weight within it; at least one. */
    List<URI> endpoints(String domain) throws EtcdException {
        List<URI> endpoints = endpoints("https", WITH_TLS + domain);
        if (endpoints.isEmpty()) {
            endpoints = endpoints("http", WITHOUT_TLS + domain);
        }
        if (endpoints.isEmpty()) {
            throw new EtcdException("DNS has no SRV records for " + WITH_TLS + domain + " nor " + WITHOUT_TLS + domain
                    + ": publish them, or configure the endpoints of etcd");
        }
        return endpoints;
    }

    @SuppressWarnings({"BanJNDI", "JdkObsolete"}) // Texts of SRV records only, from a name that we chose; JNDI is older than HashMap.
    private List<URI> endpoints(String scheme, String name) throws EtcdException {
        Hashtable<String, String> environment = new Hashtable<>();
        environment.put(Context.INITIAL_CONTEXT_FACTORY, "com.sun.jndi.dns.DnsContextFactory");
        environment.put(Context.PROVIDER_URL, server);
        environment.put("com.sun.jndi.dns.timeout.initial", TIMEOUT_MS);
        environment.put("com.sun.jndi.dns.timeout.retries", TRIES);
        try {
            InitialDirContext dns = new InitialDirContext(environment);
            try {
                Attribute found = dns.getAttributes(name, new String[]{"SRV"}).get("SRV");
                return found == null ? List.of() : endpoints(scheme, found);
            } finally {
                dns.close();
            }
        } catch (NameNotFoundException _) {
            return List.of();
        } catch (NamingException e) {
            throw new EtcdException("DNS does not tell the SRV records of " + name + ": " + e.getMessage()
                    + ": see whether the name server of this machine answers", e);
        }
    }

    private static List<URI> endpoints(String scheme, Attribute found) throws NamingException, EtcdException {
        List<Srv> records = new ArrayList<>();
        NamingEnumeration<?> values = found.getAll();
        while (values.hasMore()) {
            records.add(Srv.of(values.next().toString()));
        }
        return records.stream()
                .sorted(Comparator.comparingInt(Srv::priority).thenComparing(Srv::weight,
                        Comparator.reverseOrder()))
                .map(record -> URI.create(scheme + "://" + record.target() + ":" + record.port())).toList();
    }

    /** The data of an SRV record. */
    record Srv(int priority, int weight, int port, String target) {

        /** Reads the presentation format: four fields, the last a host name with or without its final dot. */
        static Srv of(String text) throws EtcdException {
            String[] fields = text.trim().split("\\s+");
            try {
                if (fields.length == 4 && fields[3].matches("[A-Za-z0-9._-]*[A-Za-z0-9_-]\\.?")) {
                    return new Srv(Integer.parseInt(fields[0]), Integer.parseInt(fields[1]),
                            Integer.parseInt(fields[2]), fields[3].replaceFirst("\\.$", ""));
                }
            } catch (NumberFormatException e) {
                throw new EtcdException("no SRV record: " + text, e);
            }
            throw new EtcdException("no SRV record: " + text
                    + "; expected are priority, weight, port and the name of a host");
        }
    }
}
