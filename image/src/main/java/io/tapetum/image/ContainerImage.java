package io.tapetum.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.ImageReference;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.JibContainer;
import com.google.cloud.tools.jib.api.TarImage;
import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import com.google.cloud.tools.jib.api.buildplan.FilePermissions;
import com.google.cloud.tools.jib.api.buildplan.ImageFormat;
import com.google.cloud.tools.jib.api.buildplan.Port;

/** The layers, what changes least below, and the archive that {@code podman load} and {@code docker load} read. */
final class ContainerImage {

    private static final int BGP_PORT = 179;

    private ContainerImage() {}

    /**
     * Writes it.
     *
     * @param base an archive with the layer below all others
     * @param revision the commit, or {@code unknown}
     * @param created the time that the image bears
     * @param scratch for Jib's own files
     * @return the digest of the image's configuration, by which engines know it
     */
    static String write(Path archive, Path base, Home home, String version, String revision, Instant created,
            Path scratch)
            throws Exception {
        ImageReference name = ImageReference.of(null, "tapetum", version);
        Containerizer to = Containerizer.to(TarImage.at(archive).named(name)).setOfflineMode(true)
                .setBaseImageLayersCache(Folders.empty(scratch.resolve("base")))
                .setApplicationLayersCache(Folders.empty(scratch.resolve("application"))).setToolName("tapetum");
        Predicate<Path> ours = file -> file.getFileName().toString()
                .matches("(bgp-wire|rib|rr-core|server)-.*\\.jar|tapetum\\.cfg");
        Predicate<Path> cache = home.cache()::equals;
        Predicate<Path> app = file -> file.startsWith(home.app());
        JibContainer made = Jib.from(TarImage.at(base))
                .addFileEntriesLayer(layer("runtime", home, app.or(home.launcher()::equals).negate()))
                .addFileEntriesLayer(layer("libraries", home, app.and(ours.or(cache).negate())))
                .addFileEntriesLayer(layer("program", home, app.and(ours)))
                .addFileEntriesLayer(layer("class cache", home, cache)).setFormat(ImageFormat.Docker)
                .setCreationTime(created).setUser(BaseImage.USER + ":" + BaseImage.USER)
                .setWorkingDirectory(AbsoluteUnixPath.get("/"))
                .setEntrypoint("/" + Home.PATH + "/bin/tapetum").setProgramArguments(List.of())
                .setEnvironment(Map.of("PATH", "/" + Home.PATH + "/bin", "LANG", "C.UTF-8"))
                .setExposedPorts(Port.tcp(BGP_PORT)).setLabels(labels(version, revision)).containerize(to);
        return made.getImageId().toString();
    }

    private static Map<String, String> labels(String version, String revision) {
        return Map.of("org.opencontainers.image.title", "Tapetum", "org.opencontainers.image.description",
                "A BGP route reflector (RFC 4456) for Calico clusters, and for anyone else",
                "org.opencontainers.image.licenses", "Apache-2.0", "org.opencontainers.image.version", version,
                "org.opencontainers.image.revision", revision);
    }

    /** The files of the home that are meant; folders come by themselves. */
    private static FileEntriesLayer layer(String name, Home home, Predicate<Path> meant) throws IOException {
        FileEntriesLayer.Builder layer = FileEntriesLayer.builder().setName(name);
        for (Path file : Folders.below(home.path())) {
            if (Files.isRegularFile(file) && meant.test(file)) {
                layer.addEntry(file, AbsoluteUnixPath.fromPath(Path.of("/").resolve(home.root().relativize(file))),
                        FilePermissions.fromOctalString(Files.isExecutable(file) ? "755" : "644"), Folders.FILE_TIME);
            }
        }
        return layer.build();
    }

    /** As images name it. */
    static String architecture() {
        String name = System.getProperty("os.arch");
        return name.equals("aarch64") ? "arm64" : name;
    }
}
