package io.tapetum.server.calico.secret;

/** Where Secrets are, each of which can be followed live. */
public interface SecretStore extends AutoCloseable {

    /** Stops what it was returned by. The listener may be called once more. */
    @FunctionalInterface
    interface Following {

        void stop();
    }

    /** Begins to follow one Secret, and no other, and returns at once. Whatever goes wrong is tried again until it is stopped. */
    Following follow(SecretName secret, SecretListener listener);

    /** Stops everything. */
    @Override
    void close();
}
