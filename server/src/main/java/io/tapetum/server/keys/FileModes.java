package io.tapetum.server.keys;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Optional;

/** Whether files with secrets are as private as they should be. */
public final class FileModes {

    private FileModes() {}

    /**
     * A sentence for operators, if everybody on this host may read the file. It is used all the same: a Secret that
     * Kubernetes mounts has mode 0644, and in a container of its own nobody else is there to read it.
     */
    public static Optional<String> warning(Path file) {
        try {
            return Files.getPosixFilePermissions(file).contains(PosixFilePermission.OTHERS_READ)
                    ? Optional.of("everybody on this host may read " + file + ": chmod 600 makes it private")
                    : Optional.empty();
        } catch (IOException | UnsupportedOperationException _) {
            // Whoever reads the file says what is wrong with it; where files have no modes, there is nothing to say.
            return Optional.empty();
        }
    }
}
