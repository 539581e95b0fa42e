package io.tapetum.server.calico.kubernetes;

import java.util.Map;

import io.tapetum.server.calico.secret.SecretValue;

/** What a Secret has. */
record SecretContent(String name, Map<String, SecretValue> values) {

    SecretContent {
        values = Map.copyOf(values);
    }

    void wipe() {
        values.values().forEach(SecretValue::wipe);
    }
}
