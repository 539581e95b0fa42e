package io.tapetum.server.environment;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.tapetum.server.environment.Variables.Variable;

/** Which datastore, and how to reach it. */
final class DatastoreVariables {

    private static final String TYPE = "datastore.type";
    private static final String ETCD = "datastore.etcd.";
    private static final String KUBERNETES = "datastore.kubernetes.";

    private final Variables variables;
    private final LayerBuilder layer;

    DatastoreVariables(Variables variables, LayerBuilder layer) {
        this.variables = variables;
        this.layer = layer;
    }

    void read() {
        readType();
        Variable node = variables.plain("NODENAME");
        if (node != null) {
            layer.set("datastore.node-name", node);
            layer.set("datastore.mode", "node", node);
        }
        layer.set("datastore.legacy-keys", variables.plain("LEGACY_KEYS"));
        readEtcd();
        readKubernetes();
    }

    private void readType() {
        Variable type = variables.prefixed("DATASTORE_TYPE");
        if (type == null) {
            guessType();
            return;
        }
        boolean authorityOnly = variables.prefixed("ETCD_ENDPOINTS") == null
                && variables.prefixed("ETCD_AUTHORITY") != null;
        switch (type.value().toLowerCase(Locale.ROOT)) {
            case "kubernetes" -> layer.set(TYPE, "kubernetes", type);
            case "etcdv3" -> layer.set(TYPE, "etcd-v3", type);
            case "etcdv2" -> layer.set(TYPE, "etcd-v2", type);
            case "etcd" -> layer.set(TYPE, authorityOnly ? "etcd-v2" : "etcd-v3", type);
            default -> layer.refuse(TYPE, type, "kubernetes, etcdv3 or etcdv2");
        }
    }

    /** Images that knew ETCD_AUTHORITY and not yet ETCD_ENDPOINTS spoke only the second version of etcd's API. */
    private void guessType() {
        Map<String, String> guesses = new LinkedHashMap<>();
        guesses.put("ETCD_ENDPOINTS", "etcd-v3");
        guesses.put("ETCD_AUTHORITY", "etcd-v2");
        guesses.put("IP", "kubernetes");
        guesses.put("IP6", "kubernetes");
        for (Map.Entry<String, String> guess : guesses.entrySet()) {
            Variable variable = variables.prefixed(guess.getKey());
            if (variable != null) {
                layer.set(TYPE, guess.getValue(), variable);
                return;
            }
        }
    }

    private void readEtcd() {
        Variable endpoints = variables.prefixed("ETCD_ENDPOINTS");
        Variable authority = variables.prefixed("ETCD_AUTHORITY");
        if (endpoints != null) {
            layer.set(ETCD + "endpoints", CalicoEnvironment.list(endpoints), endpoints);
        } else if (authority != null) {
            readAuthority(authority);
        }
        layer.set(ETCD + "discovery-srv", variables.prefixed("ETCD_DISCOVERY_SRV"));
        layer.set(ETCD + "ca-file", variables.prefixed("ETCD_CA_CERT_FILE"));
        layer.set(ETCD + "cert-file", variables.prefixed("ETCD_CERT_FILE"));
        layer.set(ETCD + "key-file", variables.prefixed("ETCD_KEY_FILE"));
        layer.set(ETCD + "username", variables.prefixed("ETCD_USERNAME"));
        layer.setVerbatim(ETCD + "password", variables.prefixed("ETCD_PASSWORD"));
    }

    private void readAuthority(Variable authority) {
        Variable scheme = variables.prefixed("ETCD_SCHEME");
        String word = scheme == null ? "http" : scheme.value().toLowerCase(Locale.ROOT);
        if (authority.value().contains("/")) {
            layer.refuse(ETCD + "endpoints", authority, "host:port; whole URLs are for ETCD_ENDPOINTS");
        } else if (scheme != null && !List.of("http", "https").contains(word)) {
            layer.refuse(ETCD + "endpoints", scheme, "http or https");
        } else {
            layer.set(ETCD + "endpoints", List.of(word + "://" + authority.value()), authority);
        }
    }

    private void readKubernetes() {
        layer.set(KUBERNETES + "kubeconfig", variables.prefixed("KUBECONFIG"));
        layer.set(KUBERNETES + "context", variables.prefixed("K8S_CURRENT_CONTEXT"));
        layer.set(KUBERNETES + "endpoint", variables.prefixed("K8S_API_ENDPOINT"));
        layer.set(KUBERNETES + "cert-file", variables.prefixed("K8S_CERT_FILE"));
        layer.set(KUBERNETES + "key-file", variables.prefixed("K8S_KEY_FILE"));
        layer.set(KUBERNETES + "ca-file", variables.prefixed("K8S_CA_FILE"));
        layer.setVerbatim(KUBERNETES + "token", variables.prefixed("K8S_API_TOKEN"));
        readBoolean(KUBERNETES + "insecure-skip-tls-verify", variables.prefixed("K8S_INSECURE_SKIP_TLS_VERIFY"));
        layer.set(KUBERNETES + "api-group", variables.plain("CALICO_API_GROUP"));
        layer.set(KUBERNETES + "secrets-namespace", variables.plain("NAMESPACE"));
    }

    /** As programs in Go understand it, for which these variables were made. */
    private void readBoolean(String key, @Nullable Variable variable) {
        if (variable == null) {
            return;
        }
        switch (variable.value().toLowerCase(Locale.ROOT)) {
            case "true", "t", "1" -> layer.set(key, true, variable);
            case "false", "f", "0" -> layer.set(key, false, variable);
            default -> layer.refuse(key, variable, "true or false");
        }
    }
}
