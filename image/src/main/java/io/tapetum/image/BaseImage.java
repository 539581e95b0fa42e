package io.tapetum.image;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;

import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.jspecify.annotations.Nullable;

/**
 * What the rest is put upon: the C library, who the users are, and the launcher. An image of one layer in the form of
 * {@code docker save}, which Jib takes as a base. It is not written by Jib, because Jib knows no extended attributes: with
 * {@code security.capability} the launcher may listen on port 179 although it runs as a user who may nothing else. An engine
 * that gives a container a capability gives it to the first process of an unprivileged user only if the file asks for it.
 */
final class BaseImage {

    /** Who the program runs as. */
    static final int USER = 65532;

    /** PAX header of extended attributes, as GNU tar and container engines read it. */
    private static final String CAPABILITY = "SCHILY.xattr.security.capability";

    /**
     * {@code cap_net_bind_service=ep} as {@code struct vfs_cap_data} of version 2, little-endian: the version with the effective
     * bit, the permitted capabilities 0 to 31, of which number 10 is set, the inheritable ones, and both for 32 to 63.
     */
    private static final String NET_BIND_SERVICE = "\u0001\0\0\u0002" + "\0\u0004\0\0" + "\0\0\0\0" + "\0\0\0\0"
            + "\0\0\0\0";

    private static final String PASSWD = "root:x:0:0::/:\ntapetum:x:" + USER + ":" + USER + "::/:\n";
    private static final String GROUP = "root:x:0:\ntapetum:x:" + USER + ":\n";
    private static final String NAME_SERVICES = "passwd: files\ngroup: files\nhosts: files dns\n";

    private static final int FOLDER = 0755;
    private static final int FILE = 0644;
    private static final int EXECUTABLE = 0755;
    private static final int FOR_EVERYBODY = 01777;

    private final TarArchiveOutputStream tar;
    private final SequencedSet<String> folders = new LinkedHashSet<>();

    private BaseImage(OutputStream out) {
        tar = new TarArchiveOutputStream(out, "UTF-8");
        tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
    }

    /** @param libraries files of this machine that have the same path in the image */
    static void write(Path archive, Home home, List<Path> libraries) throws IOException {
        byte[] layer = layer(home, libraries);
        String digest = digest(layer);
        String configuration = """
                               {"architecture":"%s","os":"linux","config":{},"rootfs":{"type":"layers","diff_ids":["sha256:%s"]}}"""
                .formatted(ContainerImage.architecture(), digest);
        try (OutputStream out = Files.newOutputStream(archive)) {
            BaseImage image = new BaseImage(out);
            image.file("config.json", FILE, configuration.getBytes(StandardCharsets.UTF_8), null);
            image.file("layer.tar", FILE, layer, null);
            image.file("manifest.json", FILE,
                    "[{\"Config\":\"config.json\",\"RepoTags\":null,\"Layers\":[\"layer.tar\"]}]"
                            .getBytes(StandardCharsets.UTF_8),
                    null);
            image.tar.close();
        }
    }

    static byte[] layer(Home home, List<Path> libraries) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        BaseImage image = new BaseImage(out);
        image.text("etc/passwd", PASSWD);
        image.text("etc/group", GROUP);
        image.text("etc/nsswitch.conf", NAME_SERVICES);
        for (Path library : libraries) {
            image.file(library.toString().substring(1), EXECUTABLE, Files.readAllBytes(library), null);
        }
        image.file(Home.PATH + "/bin/" + home.launcher().getFileName(), EXECUTABLE,
                Files.readAllBytes(home.launcher()), NET_BIND_SERVICE);
        image.folder("tmp/", FOR_EVERYBODY);
        image.tar.close();
        return out.toByteArray();
    }

    private void text(String name, String content) throws IOException {
        file(name, FILE, content.getBytes(StandardCharsets.UTF_8), null);
    }

    private void file(String name, int mode, byte[] content, @Nullable String capability)
            throws IOException {
        foldersOf(name);
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setSize(content.length);
        if (capability != null) {
            entry.addPaxHeader(CAPABILITY, capability);
        }
        begin(entry, mode);
        tar.write(content);
        tar.closeArchiveEntry();
    }

    private void foldersOf(String name) throws IOException {
        for (int slash = name.indexOf('/'); slash >= 0; slash = name.indexOf('/', slash + 1)) {
            folder(name.substring(0, slash + 1), FOLDER);
        }
    }

    private void folder(String name, int mode) throws IOException {
        if (folders.add(name)) {
            begin(new TarArchiveEntry(name, TarConstants.LF_DIR), mode);
            tar.closeArchiveEntry();
        }
    }

    private void begin(TarArchiveEntry entry, int mode) throws IOException {
        entry.setMode(mode);
        entry.setIds(0, 0);
        entry.setLastModifiedTime(FileTime.from(Folders.FILE_TIME));
        tar.putArchiveEntry(entry);
    }

    private static String digest(byte[] layer) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(layer));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
