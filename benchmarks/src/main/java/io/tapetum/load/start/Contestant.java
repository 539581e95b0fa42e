package io.tapetum.load.start;

import java.util.List;
import java.util.Map;

import io.tapetum.load.daemon.Daemon;

/**
 * A way to start a daemon.
 *
 * @param name in tables
 * @param instead what is started instead of the daemon's own executable; empty for that
 * @param variables of its environment
 */
record Contestant(String name, Daemon daemon, List<String> instead, Map<String, String> variables) {

    static Contestant usual(Daemon daemon) {
        return new Contestant(daemon.id(), daemon, List.of(), Map.of());
    }

    /** The launcher of the checkout, without the cache of classes. */
    static Contestant withoutCache() {
        return new Contestant("tapetum, no AOT cache", Daemon.TAPETUM, List.of(),
                Map.of("TAPETUM_JAVA_OPTS", "-XX:AOTMode=off"));
    }

    /** What a container engine would start, with a root file system of its own; the daemon's folder is where it was. */
    static Contestant image(ImageFiles image) {
        String script = """
                        for folder in proc dev tmp; do mkdir -p "$1/$folder" && mount --bind "/$folder" "$1/$folder" || exit; done
                        root=$1 && shift && exec chroot "$root" /opt/tapetum/bin/tapetum "$@"
                        """;
        return new Contestant("tapetum, image", Daemon.TAPETUM,
                List.of("unshare", "--mount", "--propagation", "private",
                        "/bin/sh", "-c", script, "sh", image.root().toString()),
                Map.of());
    }
}
