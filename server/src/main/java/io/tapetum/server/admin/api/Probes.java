package io.tapetum.server.admin.api;

import java.io.IOException;

import io.tapetum.server.admin.Answer;
import io.tapetum.server.admin.Request;
import io.tapetum.server.health.Check;
import io.tapetum.server.health.Health;
import io.tapetum.server.health.Verdict;

/** Answers whoever asks for the reflector's health, in the way in which Kubernetes tells of its own. */
final class Probes {

    private final Health health;

    Probes(Health health) {
        this.health = health;
    }

    void live(Request request) throws IOException {
        answer(request, "livez", health.live());
    }

    void ready(Request request) throws IOException {
        answer(request, "readyz", health.ready());
    }

    /** A reflector that converges, or waits for its datastore, has started: it must not be killed for that. */
    void started(Request request) throws IOException {
        answer(request, "startupz", health.live());
    }

    private static void answer(Request request, String name, Verdict verdict) throws IOException {
        boolean verbose = request.get(Parameters.VERBOSE).orElse(false);
        if (verdict.passed() && !verbose) {
            request.send(Answer.text(200, "ok\n"));
            return;
        }
        StringBuilder text = new StringBuilder();
        verdict.checks().forEach(check -> text.append(line(check)).append('\n'));
        text.append(name).append(verdict.passed() ? " check passed\n" : " check failed\n");
        request.send(Answer.text(verdict.passed() ? 200 : 503, text.toString()));
    }

    private static String line(Check check) {
        return (check.passed() ? "[+]" : "[-]") + check.name() + (check.passed() ? " ok" : " failed")
                + (check.text().isEmpty() ? "" : ": " + check.text());
    }
}
