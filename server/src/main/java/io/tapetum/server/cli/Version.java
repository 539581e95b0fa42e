package io.tapetum.server.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IVersionProvider;

/** What runs. */
final class Version implements IVersionProvider {

    /** What {@link #commit()} says of a program that was not built from a checkout. */
    static final String UNKNOWN = "unknown";

    /** As many digits as tell the commits of this project apart, whatever else is in the repository that was built. */
    private static final int DIGITS = 12;

    /** The version in the jar's manifest; there is none when classes run from a build folder. */
    static String number() {
        @Nullable
        String version = Version.class.getPackage().getImplementationVersion();
        return version == null ? "(development)" : version;
    }

    /**
     * The commit that was built: the first 12 digits of its hash, with {@code -dirty} if files differed from it, or
     * {@value #UNKNOWN}.
     */
    static String commit() {
        try (@Nullable
        InputStream resource = Version.class.getResourceAsStream("commit.properties")) {
            return resource == null ? UNKNOWN : commit(resource);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String commit(InputStream properties) throws IOException {
        Properties commit = new Properties();
        commit.load(properties);
        String hash = commit.getProperty("git.commit.id.full", "");
        if (hash.length() < DIGITS) {
            return UNKNOWN;
        }
        return hash.substring(0, DIGITS) + (Boolean.parseBoolean(commit.getProperty("git.dirty")) ? "-dirty" : "");
    }

    @Override
    public String[] getVersion() {
        return new String[]{line(number(), commit())};
    }

    static String line(String number, String commit) {
        return "tapetum " + number + (commit.equals(UNKNOWN) ? "" : " (commit " + commit + ")") + ", Java "
                + Runtime.version() + ", " + System.getProperty("os.name") + " " + System.getProperty("os.arch");
    }
}
