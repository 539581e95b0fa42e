package io.tapetum.server.keys;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

import org.jspecify.annotations.Nullable;

/**
 * A keystore on disk. A change replaces the whole file at once, so that whoever reads it sees the keystore before or after,
 * and a crash leaves one of both. Changes are made one after the other, also by several processes: they lock the file
 * beside it whose name ends with {@code .lock}, and which stays. Callable by any thread.
 */
public final class KeystoreFile {

    /** No keystore of ours comes near; what is larger is something else. */
    private static final int LARGEST = 16 << 20;

    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");
    private static final FileAttribute<Set<PosixFilePermission>> FOR_OWNER_ONLY = PosixFilePermissions
            .asFileAttribute(OWNER_ONLY);

    /** A file lock is the process's: within it, threads take turns by this one. */
    private static final ReentrantLock WRITING = new ReentrantLock();

    /** What is done to an open keystore. */
    @FunctionalInterface
    public interface Change {
        /** May throw after any part of it was done: then nothing is written. */
        void apply(Keystore keystore) throws KeysException;
    }

    private final Path path;

    public KeystoreFile(Path path) {
        this.path = path;
    }

    /** Makes the file with a keystore that is empty; only its owner may read and write it. */
    public void create(Passphrase passphrase) throws KeysException {
        writing(path, () -> {
            if (Files.exists(path)) {
                throw new KeysException(path + " exists already: take another name, or move it away");
            }
            try (Keystore keystore = Keystore.empty(passphrase)) {
                replace(path, keystore.encoded(), null);
            }
        });
    }

    /** Opens it. The passphrase is still needed while the keystore is used. */
    public Keystore open(Passphrase passphrase) throws KeysException {
        return decode(octets(), passphrase);
    }

    /** Opens it, changes it and writes it back. */
    public void change(Passphrase passphrase, Change change) throws KeysException {
        Path real = real();
        writing(real, () -> {
            try (Keystore keystore = open(passphrase)) {
                change.apply(keystore);
                replace(real, keystore.encoded(), Files.readAttributes(real, PosixFileAttributes.class));
            }
        });
    }

    /** Whether it begins as a keystore does; no file of text does. */
    public boolean looksLikeKeystore() throws KeysException {
        return KeystoreHeader.mayBeKeystore(octets());
    }

    /** All of the file, for whoever watches it. */
    byte[] octets() throws KeysException {
        try {
            byte[] octets;
            try (var in = Files.newInputStream(path)) {
                octets = in.readNBytes(LARGEST + 1);
            }
            if (octets.length > LARGEST) {
                throw new KeysException(path + " is no keystore: it is larger than any");
            }
            return octets;
        } catch (NoSuchFileException e) {
            throw missing(e);
        } catch (KeysException e) {
            throw e;
        } catch (IOException e) {
            throw SecretReader.unreadable(path, e);
        }
    }

    /** The keystore that the file had when it was these octets. */
    Keystore decode(byte[] octets, Passphrase passphrase) throws KeysException {
        try {
            return Keystore.decode(octets, passphrase);
        } catch (KeysException e) {
            throw new KeysException(path + " " + e.getMessage(), e);
        }
    }

    /** The file behind symbolic links, so that these stay. */
    private Path real() throws KeysException {
        try {
            return path.toRealPath();
        } catch (NoSuchFileException e) {
            throw missing(e);
        } catch (IOException e) {
            throw SecretReader.unreadable(path, e);
        }
    }

    private KeysException missing(NoSuchFileException e) {
        return new KeysException(path + " does not exist: make it with `tapetum keys create --store " + path + "`", e);
    }

    private interface Write {
        void run() throws IOException;
    }

    private static void writing(Path file, Write write) throws KeysException {
        Path lock = file.resolveSibling(file.getFileName() + ".lock");
        WRITING.lock();
        try (FileChannel channel = FileChannel.open(lock,
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE), FOR_OWNER_ONLY);
                FileLock _ = channel.lock()) {
            write.run();
        } catch (KeysException e) {
            throw e;
        } catch (IOException e) {
            throw new KeysException(file + " cannot be written: " + e + "; check the owner and mode of its folder", e);
        } finally {
            WRITING.unlock();
        }
    }

    /** @param like whose owner, group and mode the file keeps, so that the reflector may still read it */
    private static void replace(Path file, byte[] octets, @Nullable PosixFileAttributes like) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        Path temporary = Files.createTempFile(folder, file.getFileName() + ".", ".tmp", FOR_OWNER_ONLY);
        try {
            try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
                ByteBuffer rest = ByteBuffer.wrap(octets);
                while (rest.hasRemaining()) {
                    channel.write(rest);
                }
                channel.force(true);
            }
            if (like != null) {
                keep(like, temporary);
            }
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(temporary);
        }
        // The new name, too, must survive a loss of power.
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static void keep(PosixFileAttributes like, Path file) throws IOException {
        PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        PosixFileAttributes now = view.readAttributes();
        if (!now.owner().equals(like.owner())) {
            view.setOwner(like.owner());
        }
        if (!now.group().equals(like.group())) {
            view.setGroup(like.group());
        }
        view.setPermissions(like.permissions());
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
