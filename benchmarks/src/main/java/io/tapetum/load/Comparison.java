package io.tapetum.load;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.tapetum.load.client.FailureKind;
import io.tapetum.load.client.Fleet;
import io.tapetum.load.client.LoadFailedException;
import io.tapetum.load.daemon.Daemon;
import io.tapetum.load.measure.Meter;
import io.tapetum.load.report.Report;
import io.tapetum.load.report.Run;
import io.tapetum.load.report.Sample;
import io.tapetum.load.report.Table;
import io.tapetum.load.workload.Scene;
import io.tapetum.load.workload.Workload;

/**
 * Workloads against reflectors: reflectors take turns, so that what changes on the machine meanwhile hits all alike. What
 * fails is reported and does not keep the others from running.
 */
final class Comparison {

    private final Options options;
    private final PrintWriter out;
    private final PrintWriter progress;
    private final List<Run> runs = new ArrayList<>();
    /** Of the first run that failed, or 0. */
    private int exitCode;

    /**
     * @param out for tables
     * @param progress for what happens meanwhile
     */
    Comparison(Options options, PrintWriter out, PrintWriter progress) {
        this.options = options;
        this.out = out;
        this.progress = progress;
    }

    /** Runs all, prints a table after each workload, and writes the JSON; returns the exit code. */
    int run(List<Workload> workloads) throws IOException, InterruptedException, LoadFailedException {
        List<Subject> subjects = subjects();
        if (subjects.isEmpty()) {
            return FailureKind.NOT_AVAILABLE.exitCode();
        }
        Path json = options.json().toAbsolutePath();
        Map<String, Object> environment = Environment.describe(options.installation(),
                options.target().isPresent() ? List.of() : options.against());
        say("warming up the load generator");
        WarmUp.run();
        for (Workload workload : workloads) {
            List<Run> own = run(workload, subjects);
            runs.addAll(own);
            out.println(workload);
            out.println(Table.of(own));
            out.flush();
            // After every workload, so that what was measured survives an interruption.
            Files.createDirectories(json.resolveSibling("."));
            Files.writeString(json, Report.json(environment, runs));
        }
        say("every single run is in " + json);
        return exitCode;
    }

    /** What is there to be loaded, in the order of the command line. */
    private List<Subject> subjects() {
        if (options.target().isPresent()) {
            return List.of(new Subject.Target(options.target().get(), options.process()));
        }
        List<Subject> found = new ArrayList<>();
        for (Daemon daemon : options.against()) {
            if (daemon.isFound(options.installation())) {
                found.add(new Subject.Started(daemon, options.installation(), options.port()));
            } else {
                say(daemon.id() + " is not found in " + options.installation().peers()
                        + " nor on the PATH, and left out; ./verify unpacks it there");
            }
        }
        return found;
    }

    private List<Run> run(Workload workload, List<Subject> subjects) throws InterruptedException {
        List<Run> own = new ArrayList<>();
        for (int repetition = 1; repetition <= options.repeat(); repetition++) {
            for (Subject subject : subjects) {
                if (workload.needsMemory() && !subject.remembers()) {
                    say(subject.name() + " keeps no routes and is left out of " + workload);
                } else {
                    own.add(run(workload, subject, repetition));
                }
            }
        }
        return own;
    }

    private Run run(Workload workload, Subject subject, int repetition) throws InterruptedException {
        String prefix = "%s: %s, run %d of %d: ".formatted(workload, subject.name(), repetition, options.repeat());
        say(prefix + "starting");
        List<Sample> samples = new ArrayList<>();
        try (Subject.Running running = subject.start(workload.clients() + workload.guests());
                Fleet fleet = new Fleet(running.address(), workload.book(), workload.clients(), options.timeout())) {
            try {
                workload.run(new Scene(fleet, new Meter(running.process()), options.settle(),
                        step -> say(prefix + step)), samples);
            } catch (LoadFailedException e) {
                throw new LoadFailedException(e.kind(), e.getMessage() + running.lastWords());
            }
            return new Run(workload.toString(), subject.name(), repetition, samples, null);
        } catch (LoadFailedException e) {
            say(prefix + "FAILED: " + e.getMessage());
            exitCode = exitCode == 0 ? e.kind().exitCode() : exitCode;
            return new Run(workload.toString(), subject.name(), repetition, samples, e.getMessage());
        }
    }

    private void say(String what) {
        progress.println("load: " + what);
        progress.flush();
    }
}
