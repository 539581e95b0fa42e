package io.tapetum.server.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IVersionProvider;

/** What runs. */
final class Version implements IVersionProvider {

    /** The version in the jar's manifest; there is none when classes run from a build folder. */
    static String number() {
        @Nullable
        String version = Version.class.getPackage().getImplementationVersion();
        return version == null ? "(development)" : version;
    }

    @Override
    public String[] getVersion() {
        return new String[]{"tapetum " + number() + ", Java " + Runtime.version() + ", "
                + System.getProperty("os.name") + " " + System.getProperty("os.arch")};
    }
}
