package io.tapetum.server.config;

import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import io.tapetum.server.config.KubernetesSettings.ApiGroup;
import io.tapetum.server.config.Section.Entry;

/** Reads how to reach the Kubernetes API. */
final class KubernetesReader {

    private static final Kind<ApiGroup> API_GROUP = Kinds.choice(apiGroups());

    /** The API server's. */
    private static final int DEFAULT_PORT = 443;

    private static final Kind<URI> ENDPOINT = EndpointKinds.url(DEFAULT_PORT,
            "the URL of the API server, such as https://10.0.0.1:6443");

    /** What a kubeconfig has inside, so that nobody reads it here when there is one. */
    private static final List<String> ONLY_WITH_ENDPOINT = List.of("cert-file", "key-file", "ca-file", "token",
            "insecure-skip-tls-verify");

    /** A label of the DNS, as Kubernetes has it. */
    private static final Pattern NAMESPACE_FORM = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

    private static final Kind<String> NAMESPACE = new Kind<>("the name of a namespace, such as calico-system", "",
            text -> NAMESPACE_FORM.matcher(text).matches() ? text : null);

    private final Section section;
    private final boolean datastore;
    private final Problems problems;

    /** @param datastore whether the API is the datastore; if not, it has at most the passwords of BGPPeers */
    KubernetesReader(Section section, boolean datastore, Problems problems) {
        this.section = section;
        this.datastore = datastore;
        this.problems = problems;
    }

    KubernetesSettings read() {
        section.refuseKeysOtherThan(Schema.KUBERNETES);
        Path kubeconfig = kubeconfig();
        URI endpoint = EndpointKinds.withoutUser(section, "endpoint", problems)
                ? section.optional("endpoint", ENDPOINT)
                : null;
        Path cert = section.file("cert-file");
        Path key = section.file("key-file");
        EndpointKinds.checkPair(section, problems);
        if (!section.isSet("endpoint")) {
            refuseWhatNeedsAnEndpoint();
        }
        return new KubernetesSettings(kubeconfig, section.optional("context", Kinds.NAME), endpoint, cert, key,
                section.file("ca-file"), section.secret("token"),
                section.get("insecure-skip-tls-verify", Kinds.BOOLEAN), section.get("api-group", API_GROUP),
                section.optional("secrets-namespace", NAMESPACE));
    }

    /** A variable that may turn out not to be needed may name what is not there; whoever needs it says so. */
    private @Nullable Path kubeconfig() {
        Entry entry = section.find("kubeconfig");
        return datastore || entry == null || Provenance.of(entry.value().origin()).isFile()
                ? section.file("kubeconfig")
                : section.optional("kubeconfig", Kinds.PATH);
    }

    private void refuseWhatNeedsAnEndpoint() {
        for (String key : ONLY_WITH_ENDPOINT) {
            Entry entry = section.find(key);
            if (entry != null && section.isSet(key) && Provenance.of(entry.value().origin()).isFile()) {
                problems.badValue(entry.path(), entry.value(), "endpoint to be set too: a kubeconfig and a service"
                        + " account have such things inside");
            }
        }
    }

    private static SequencedMap<String, ApiGroup> apiGroups() {
        SequencedMap<String, ApiGroup> words = new LinkedHashMap<>();
        words.put("auto", ApiGroup.AUTO);
        words.put("projectcalico.org/v3", ApiGroup.PROJECTCALICO_V3);
        words.put("crd.projectcalico.org/v1", ApiGroup.CRD_V1);
        return words;
    }
}
