package io.tapetum.server.keys;

import java.io.IOException;
import java.math.BigInteger;
import java.util.Arrays;

import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.bc.ObjectStore;
import org.bouncycastle.asn1.bc.ObjectStoreIntegrityCheck;
import org.bouncycastle.asn1.bc.PbkdMacIntegrityCheck;
import org.bouncycastle.asn1.pkcs.KeyDerivationFunc;
import org.bouncycastle.asn1.pkcs.PBKDF2Params;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.crypto.util.PBKDF2Config;

/**
 * The part of a keystore that is used before its check value is verified. How long the derivation takes stands there, and
 * whoever changes the file could make it take for ever.
 */
final class KeystoreHeader {

    /** Five times as many as we use: far more than anybody has a reason for, and 2 s at the most. */
    private static final BigInteger MOST_ROUNDS = BigInteger.valueOf(1_000_000);

    /** What an HMAC-SHA-512 takes. */
    private static final BigInteger MOST_OCTETS = BigInteger.valueOf(64);

    /** The tag of an ASN.1 SEQUENCE, which the whole keystore is. */
    private static final byte SEQUENCE = 0x30;

    /** Says that the length follows in two octets, as it does for every keystore of 256 octets to 64 KiB. */
    private static final int TWO_OCTETS = 0x82;
    private static final int FIRST_CONTENT = 4;

    private KeystoreHeader() {}

    /** Whether a file that begins so may be a keystore; no list of keys begins so. */
    static boolean mayBeKeystore(byte[] octets) {
        return octets.length >= 2 && octets[0] == SEQUENCE && octets[1] < 0;
    }

    static void check(byte[] octets) throws KeysException {
        if (!mayBeKeystore(octets)) {
            throw new KeysException("is no keystore: expected a file that `tapetum keys create` has made");
        }
        if (octets.length < FIRST_CONTENT || Byte.toUnsignedInt(octets[1]) == TWO_OCTETS && octets.length
                - FIRST_CONTENT < (Byte.toUnsignedInt(octets[2]) << Byte.SIZE | Byte.toUnsignedInt(octets[3]))) {
            throw new KeysException("is cut off: part of the keystore is missing; take a copy of the file");
        }
        if (!derivationIsOurs(octets)) {
            throw new KeysException(
                    "is no keystore of this program, or it was damaged: take a copy of the file, or make"
                            + " another with `tapetum keys create`");
        }
    }

    private static boolean derivationIsOurs(byte[] octets) {
        try {
            ObjectStoreIntegrityCheck check = ObjectStore.getInstance(ASN1Primitive.fromByteArray(octets))
                    .getIntegrityCheck();
            if (check.getType() != ObjectStoreIntegrityCheck.PBKD_MAC_CHECK) {
                return false;
            }
            KeyDerivationFunc function = PbkdMacIntegrityCheck.getInstance(check.getIntegrityCheck())
                    .getPbkdAlgorithm();
            if (!function.getAlgorithm().equals(PKCSObjectIdentifiers.id_PBKDF2)) {
                return false;
            }
            PBKDF2Params parameters = PBKDF2Params.getInstance(function.getParameters());
            return isBetweenOneAnd(MOST_ROUNDS, parameters.getIterationCount()) && parameters.getKeyLength() != null
                    && isBetweenOneAnd(MOST_OCTETS, parameters.getKeyLength())
                    && isAsWritten(parameters, function.getParameters());
        } catch (IOException | RuntimeException _) {
            // Octets that are not encoded as they should be make the parser fail in any way.
            return false;
        }
    }

    /** What the derivation does not use, such as the NULL after the name of the HMAC, would escape the check value too. */
    private static boolean isAsWritten(PBKDF2Params parameters, ASN1Encodable found) throws IOException {
        PBKDF2Params written = new PBKDF2Params(parameters.getSalt(), parameters.getIterationCount().intValueExact(),
                parameters.getKeyLength().intValueExact(), PBKDF2Config.PRF_SHA512);
        return Arrays.equals(written.getEncoded(), found.toASN1Primitive().getEncoded());
    }

    private static boolean isBetweenOneAnd(BigInteger most, BigInteger value) {
        return value.signum() > 0 && value.compareTo(most) <= 0;
    }
}
