package io.tapetum.server.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import javax.net.ssl.SSLHandshakeException;

import org.junit.jupiter.api.Test;

class TroubleTest {

    private static String ofCertificate(Exception cause) {
        SSLHandshakeException handshake = new SSLHandshakeException("PKIX path validation failed");
        handshake.initCause(new CertPathValidatorException("timestamp check failed", cause));
        return Trouble.explain(new IOException("handshake", handshake), true);
    }

    @Test
    void a_certificate_of_another_time_is_not_taken_for_one_that_nobody_knows() {
        assertThat(ofCertificate(new CertificateExpiredException("NotAfter: yesterday")))
                .isEqualTo("its certificate has expired; renew it");
        assertThat(ofCertificate(new CertificateNotYetValidException("NotBefore: tomorrow")))
                .isEqualTo("its certificate is not valid yet; compare the clocks");
    }

    @Test
    void what_is_not_known_is_passed_on() {
        assertThat(Trouble.explain(new IOException("Broken pipe"), true)).isEqualTo("Broken pipe");
        assertThat(Trouble.explain(new IOException("Broken pipe"), false)).isEqualTo("Broken pipe");
    }
}
