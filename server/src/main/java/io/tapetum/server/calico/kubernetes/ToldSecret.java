package io.tapetum.server.calico.kubernetes;

import java.util.List;

import io.tapetum.server.calico.secret.SecretListener;

/** Tells of one Secret, and of no other, whatever the server answers. */
record ToldSecret(String name, SecretListener listener) implements Told<SecretContent> {

    @Override
    public void replaced(List<SecretContent> all) {
        SecretContent found = null;
        for (SecretContent secret : all) {
            if (found == null && secret.name().equals(name)) {
                found = secret;
            } else {
                secret.wipe();
            }
        }
        if (found == null) {
            listener.missing();
        } else {
            listener.found(found.values());
        }
    }

    @Override
    public void absent() {
        listener.missing();
    }

    @Override
    public void changed(SecretContent secret) {
        if (secret.name().equals(name)) {
            listener.found(secret.values());
        } else {
            secret.wipe();
        }
    }

    @Override
    public void removed(String other) {
        if (other.equals(name)) {
            listener.missing();
        }
    }

    @Override
    public void lost(String reason, boolean refused) {
        listener.lost(reason, refused);
    }

    @Override
    public void followed() {
        listener.regained();
    }
}
