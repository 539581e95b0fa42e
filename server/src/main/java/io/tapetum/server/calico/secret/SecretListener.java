package io.tapetum.server.calico.secret;

import java.util.Map;

/** Is told of one Secret, one call at a time. */
public interface SecretListener {

    /** It is there, with these values, by their keys. They are the listener's from now on, who wipes them. */
    void found(Map<String, SecretValue> values);

    /** There is no such Secret. */
    void missing();

    /**
     * It cannot be read; called at every failed try.
     *
     * @param reason why, and what to do about it
     * @param refused whether the account may not read it
     */
    void lost(String reason, boolean refused);

    /** It can be read again, and what was missed meanwhile has been told. */
    void regained();
}
