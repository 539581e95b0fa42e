package io.tapetum.server.config;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.tapetum.server.config.Section.Entry;

/** Reads how to reach etcd. */
final class EtcdReader {

    /** etcd's, for its clients. */
    private static final int DEFAULT_PORT = 2379;

    private static final Kind<URI> ENDPOINT = EndpointKinds.url(DEFAULT_PORT,
            "an endpoint such as https://10.0.0.5:2379 or 10.0.0.5:2379");

    private final Section section;
    private final Problems problems;

    EtcdReader(Section section, Problems problems) {
        this.section = section;
        this.problems = problems;
    }

    EtcdSettings read() {
        section.refuseKeysOtherThan(Schema.ETCD);
        Path ca = section.file("ca-file");
        Path cert = section.file("cert-file");
        Path key = section.file("key-file");
        EndpointKinds.checkPair(section, problems);
        String scheme = ca != null || cert != null || key != null ? "https://" : "http://";
        List<URI> endpoints = new ArrayList<>();
        for (Entry entry : section.list("endpoints")) {
            if (EndpointKinds.withoutUser(entry, problems)) {
                URI endpoint = Section.read(entry, withScheme(scheme), problems);
                if (endpoint != null) {
                    endpoints.add(endpoint);
                }
            }
        }
        String username = section.optional("username", Kinds.NAME);
        Secret password = section.secret("password");
        checkLogIn();
        return new EtcdSettings(endpoints, section.optional("discovery-srv", Kinds.NAME), ca, cert, key, username,
                password);
    }

    /** Operators of old images wrote only host and port. */
    private static Kind<URI> withScheme(String scheme) {
        return new Kind<>(ENDPOINT.expected(), ENDPOINT.standIn(),
                text -> ENDPOINT.parse().apply(text.contains("://") ? text : scheme + text));
    }

    private void checkLogIn() {
        boolean username = section.isSet("username");
        Entry entry = section.find(username ? "username" : "password");
        if (username != section.isSet("password") && entry != null) {
            problems.badValue(entry.path(), entry.value(), (username ? "password" : "username") + " to be set too");
        }
    }
}
