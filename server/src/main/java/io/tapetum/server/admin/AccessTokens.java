package io.tapetum.server.admin;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.tapetum.server.config.AdminSettings;
import io.tapetum.server.keys.KeyReference;

/** The tokens with which the endpoint may be asked. All methods may be called by any thread. */
final class AccessTokens {

    private record Held(AdminSettings.Token token, Renewed<TokenDigest> digest) {}

    private final List<Held> tokens;

    private AccessTokens(List<Held> tokens) {
        this.tokens = tokens;
    }

    /**
     * Reads all of them.
     *
     * @throws IOException if one cannot be used; the message says which, and what to do
     */
    static AccessTokens open(List<AdminSettings.Token> settings, Map<String, String> environment) throws IOException {
        List<Held> tokens = new ArrayList<>();
        for (AdminSettings.Token token : settings) {
            // A token whose file is gone is revoked.
            tokens.add(new Held(token, Renewed.open("the admin token " + token.name(), source(token, environment),
                    _ -> TokenDigest.NONE)));
        }
        return new AccessTokens(List.copyOf(tokens));
    }

    private static Renewed.Source<TokenDigest> source(AdminSettings.Token token, Map<String, String> environment) {
        return switch (token.source()) {
            case KeyReference.InFile(Path file) -> () -> TokenDigest.inFile(file);
            case KeyReference.Variable(String name) -> () -> {
                String value = environment.get(name);
                if (value == null) {
                    throw new IOException("there is no environment variable " + name + " with the admin token "
                            + token.name());
                }
                return TokenDigest.inVariable(name, value);
            };
            case KeyReference.Stored _,KeyReference.InSecret _ ->
                throw new IllegalArgumentException("no admin token can be in " + token.source());
        };
    }

    /** Whether anybody may ask who reaches the endpoint. */
    boolean areNone() {
        return tokens.isEmpty();
    }

    /** The token that this text is, if it is one; if it is several, that which is good for most. */
    Optional<AdminSettings.Token> find(String presented) {
        TokenDigest digest = TokenDigest.of(presented);
        Optional<AdminSettings.Token> widest = Optional.empty();
        // To the end, whichever it is: how long it takes tells nothing.
        for (Held held : tokens) {
            if (held.digest().get().equals(digest)) {
                AdminSettings.Token token = held.token();
                widest = Optional.of(widest.filter(known -> known.scope().covers(token.scope())).orElse(token));
            }
        }
        return widest;
    }
}
