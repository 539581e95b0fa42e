package io.tapetum.server.calico.secret;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

import io.tapetum.server.keys.KeyReference;

/** A Secret that BGPPeers name: what is known of it, and what is wrong with it. Confined to the thread of its owner. */
final class WantedSecret {

    /** Of the keys that it has instead, so many are named. */
    private static final int NAMED = 5;

    private final SecretName name;

    /** The values that are wanted. */
    private final NavigableSet<KeyReference.InSecret> references = new TreeSet<>(
            Comparator.comparing(KeyReference.InSecret::key));

    /** By their keys; {@code null} if it does not exist, or was not read yet. */
    private @Nullable Map<String, SecretValue> values;

    /** Whether anything has been told of it, be it that it cannot be read. */
    private boolean told;

    /** Why it cannot be read, as it was told first; {@code null} if it can. */
    private @Nullable String lost;
    private boolean refused;

    WantedSecret(SecretName name) {
        this.name = name;
    }

    /** Whether it was not among them before. */
    boolean add(KeyReference.InSecret reference) {
        return references.add(reference);
    }

    void remove(KeyReference.InSecret reference) {
        references.remove(reference);
    }

    List<KeyReference.InSecret> references() {
        return List.copyOf(references);
    }

    /** @param read kept, and wiped when something else takes its place */
    void is(@Nullable Map<String, SecretValue> read) {
        wipe();
        told = true;
        values = read;
        regained();
    }

    /** Overwrites what is known of its values, for nobody wants them any more, or they are others. */
    void wipe() {
        if (values != null) {
            values.values().forEach(SecretValue::wipe);
        }
    }

    /** Failed tries have other reasons now and then; what is told of them is the first, and that it is not permitted. */
    void lost(String reason, boolean forbidden) {
        told = true;
        if (lost == null || forbidden != refused) {
            lost = reason;
            refused = forbidden;
        }
    }

    void regained() {
        lost = null;
        refused = false;
    }

    /** What is there under the key of a reference, or {@code null}. */
    @Nullable
    SecretValue value(KeyReference.InSecret reference) {
        return values == null ? null : values.get(reference.key());
    }

    /**
     * One sentence for each thing that is wrong, with what to do.
     *
     * @param hasKey whether there is a key for a reference, from better times
     */
    List<String> problems(Predicate<KeyReference.InSecret> hasKey) {
        if (lost != null) {
            return List.of("Secret " + name + ", which BGPPeers name for their password, cannot be read: "
                    + consequence(references.stream().allMatch(hasKey), "until it can") + ". " + lost);
        }
        if (told && values == null) {
            return List.of("Secret " + name + ", which BGPPeers name for their password, does not exist: "
                    + consequence(references.stream().allMatch(hasKey), "until it does")
                    + ". Create it: kubectl -n " + name.namespace() + " create secret generic " + name.name()
                    + " --from-literal=" + references.first().key() + "=...");
        }
        List<String> problems = new ArrayList<>();
        for (KeyReference.InSecret reference : told ? references() : List.<KeyReference.InSecret>of()) {
            switch (value(reference)) {
                case null -> problems.add("Secret " + name + " has no key " + reference.key()
                        + ", which BGPPeers name for their password: "
                        + consequence(hasKey.test(reference), "until it has") + others());
                case SecretValue.Unusable unusable -> problems.add("the value " + reference.key() + " of Secret " + name
                        + " is no password that BIRD on a node could have, for it " + unusable.reason() + ": "
                        + consequence(hasKey.test(reference), "until it is one")
                        + ". Write it anew: kubectl create secret generic --from-literal adds nothing to it");
                case SecretValue.Usable _ -> {
                }
            }
        }
        return problems;
    }

    private static String consequence(boolean hasKey, String until) {
        return hasKey ? "the key of before stays in use" : "their sessions stay down " + until;
    }

    private String others() {
        if (values == null || values.isEmpty()) {
            return ". It is empty";
        }
        return ". It has " + String.join(", ", values.keySet().stream().sorted().limit(NAMED).toList())
                + (values.size() > NAMED ? ", ..." : "");
    }
}
