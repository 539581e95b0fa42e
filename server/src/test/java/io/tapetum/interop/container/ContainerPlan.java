package io.tapetum.interop.container;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import io.tapetum.interop.lab.Host;

/**
 * A container that is to be.
 *
 * @param image its image
 * @param name its name, which is the only one of its kind
 * @param host whose network it has
 * @param options of {@code podman run}
 * @param arguments of the program
 */
public record ContainerPlan(String image, String name, Host host, List<String> options, List<String> arguments) {

    public ContainerPlan {
        options = List.copyOf(options);
        arguments = List.copyOf(arguments);
    }

    public ContainerPlan(String image, String name, Host host) {
        this(image, name, host, List.of(), List.of());
    }

    /** The same, with more options of {@code podman run}. */
    public ContainerPlan with(String... more) {
        return new ContainerPlan(image, name, host, Stream.concat(options.stream(), Arrays.stream(more)).toList(),
                arguments);
    }

    /** The same as careful operators run it: nothing can be written, and nothing done beyond listening on a low port. */
    public ContainerPlan confined() {
        return with("--read-only", "--read-only-tmpfs=false", "--cap-drop=all", "--cap-add=NET_BIND_SERVICE",
                "--security-opt=no-new-privileges");
    }

    /** The same, with a variable in its environment. */
    public ContainerPlan environment(String variable, String value) {
        return with("--env", variable + "=" + value);
    }

    /** The same, with a file or folder that it can read. */
    public ContainerPlan mount(Path source, String target) {
        return with("--volume", source + ":" + target + ":ro");
    }

    /** The same, with a folder that it can write into if the folder's mode lets it. */
    public ContainerPlan mountWritable(Path source, String target) {
        return with("--volume", source + ":" + target);
    }

    /** The same, with these arguments of the program. */
    public ContainerPlan arguments(String... all) {
        return new ContainerPlan(image, name, host, options, List.of(all));
    }

    List<String> command(String... verb) {
        List<String> command = new ArrayList<>(List.of(verb));
        command.addAll(List.of("--name", name, "--network", "ns:" + host.namespace(), "--pull", "never"));
        command.addAll(options);
        command.add(image);
        command.addAll(arguments);
        return command;
    }
}
