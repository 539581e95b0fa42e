package io.tapetum.server.admin;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/** The SHA-256 digest of a token, which is all of it that is kept. */
final class TokenDigest {

    /** Of no token at all. */
    static final TokenDigest NONE = new TokenDigest(new byte[0]);

    /** Fewer characters can be guessed. */
    private static final int MIN_LENGTH = 16;

    /** More are no token, but a file of something else. */
    private static final int MAX_LENGTH = 512;

    private final byte[] digest;

    private TokenDigest(byte[] digest) {
        this.digest = digest;
    }

    /** Of whatever somebody presents. */
    static TokenDigest of(String presented) {
        return of(presented.getBytes(StandardCharsets.UTF_8));
    }

    /** Of what a file holds beside a line break at its end. */
    static TokenDigest inFile(Path file) throws IOException {
        byte[] content;
        try (var in = Files.newInputStream(file)) {
            content = in.readNBytes(MAX_LENGTH + 3);
        } catch (NoSuchFileException e) {
            throw new IOException("there is no file " + file, e);
        } catch (IOException e) {
            throw new IOException(file + " cannot be read: " + e, e);
        }
        int length = content.length;
        while (length > 0 && (content[length - 1] == '\n' || content[length - 1] == '\r')) {
            length--;
        }
        return checked(Arrays.copyOf(content, length), content, file.toString());
    }

    /** Of the value of a variable. */
    static TokenDigest inVariable(String name, String value) throws IOException {
        byte[] token = value.getBytes(StandardCharsets.UTF_8);
        return checked(token, token, "the environment variable " + name);
    }

    private static TokenDigest checked(byte[] token, byte[] content, String where) throws IOException {
        try {
            if (token.length < MIN_LENGTH || token.length > MAX_LENGTH) {
                throw new IOException("a token has " + MIN_LENGTH + " to " + MAX_LENGTH + " characters, and that in "
                        + where + " has " + (token.length > MAX_LENGTH ? "more" : token.length)
                        + "; make one with: openssl rand -hex 32");
            }
            for (byte octet : token) {
                if (octet <= ' ' || octet > '~') {
                    throw new IOException("a token is of visible ASCII characters without blanks, and that in " + where
                            + " has others; make one with: openssl rand -hex 32");
                }
            }
            return of(token);
        } finally {
            Arrays.fill(token, (byte) 0);
            Arrays.fill(content, (byte) 0);
        }
    }

    private static TokenDigest of(byte[] token) {
        try {
            return new TokenDigest(MessageDigest.getInstance("SHA-256").digest(token));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Takes as long for a digest that is nearly right as for any other. */
    @Override
    public boolean equals(Object other) {
        return other instanceof TokenDigest that && MessageDigest.isEqual(digest, that.digest);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(digest);
    }

    @Override
    public String toString() {
        return "(digest)";
    }
}
