package io.tapetum.server.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

import io.tapetum.server.admin.AdminAccess;
import io.tapetum.server.admin.AdminClient;
import io.tapetum.server.admin.AdminEndpoint;
import io.tapetum.server.admin.RefusalException;
import io.tapetum.server.admin.RefusedException.Missing;
import io.tapetum.server.config.Secret;

/** Which reflector is asked, and with what. */
final class AdminOption {

    /** Has a token. No option can: everybody on a host sees the arguments of its processes. */
    private static final String TOKEN_VARIABLE = "TAPETUM_ADMIN_TOKEN";

    @Option(names = "--admin", paramLabel = "ENDPOINT", description = "its admin.listen, as HOST:PORT, or as https://HOST:PORT if it has admin.tls;"
            + " ${DEFAULT-VALUE} unless you say otherwise")
    private AdminEndpoint endpoint = parse("127.0.0.1:9179");

    @Option(names = "--admin-ca", paramLabel = "FILE", description = "who signed its certificate, PEM, if Java does not know them")
    private @Nullable Path caFile;

    @Option(names = "--admin-cert", paramLabel = "FILE", description = "a certificate to show, PEM, if it has admin.tls.client-ca-file")
    private @Nullable Path certFile;

    @Option(names = "--admin-key", paramLabel = "FILE", description = "the key of that certificate, PEM")
    private @Nullable Path keyFile;

    @Option(names = "--token-file", paramLabel = "FILE", description = "has a token, if it has admin.tokens; without this option the environment variable "
            + TOKEN_VARIABLE + " may have it")
    private @Nullable Path tokenFile;

    static AdminEndpoint parse(String text) {
        return AdminEndpoint.parse(text).orElseThrow(() -> new TypeConversionException("'" + text
                + "': expected an address and port such as 127.0.0.1:9179 or [::1]:9179, or a URL such as"
                + " https://rr1.example.net:9179"));
    }

    /** What is asked of a client. */
    @FunctionalInterface
    interface Asker<T> {
        T ask(AdminClient client) throws IOException, InterruptedException, CommandFailedException;
    }

    /**
     * Asks what the options say.
     *
     * @param variables of the environment
     * @throws CommandFailedException if there is no answer, or a refusal; the message says why
     */
    <T> T ask(Map<String, String> variables, Asker<T> asker) throws CommandFailedException, InterruptedException {
        try (AdminClient client = client(variables)) {
            return asker.ask(client);
        } catch (RefusalException e) {
            throw new CommandFailedException(String.valueOf(e.getMessage()),
                    e.missing() == Missing.PEER ? ExitCode.NO_SUCH_PEER : ExitCode.FAILED);
        } catch (IOException e) {
            throw new CommandFailedException(String.valueOf(e.getMessage()), e);
        }
    }

    /**
     * A client for what the options say.
     *
     * @param variables of the environment
     * @throws IOException if a file is of no use; the message says why
     */
    private AdminClient client(Map<String, String> variables) throws IOException {
        return new AdminClient(endpoint, AdminAccess.with(token(variables), caFile, certFile, keyFile));
    }

    private @Nullable Secret token(Map<String, String> variables) throws IOException {
        String token;
        String where;
        if (tokenFile != null) {
            where = tokenFile.toString();
            try {
                token = Files.readString(tokenFile).strip();
            } catch (NoSuchFileException e) {
                throw new IOException("there is no file " + tokenFile, e);
            } catch (IOException e) {
                throw new IOException(tokenFile + " cannot be read: " + e, e);
            }
        } else {
            where = "the environment variable " + TOKEN_VARIABLE;
            token = variables.getOrDefault(TOKEN_VARIABLE, "").strip();
            if (token.isEmpty()) {
                return null;
            }
        }
        if (!token.matches("[!-~]+")) {
            throw new IOException(where + " has no token: expected visible ASCII characters without blanks");
        }
        return new Secret(token);
    }
}
