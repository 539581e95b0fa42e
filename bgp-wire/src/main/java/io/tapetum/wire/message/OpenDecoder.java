package io.tapetum.wire.message;

import java.util.ArrayList;
import java.util.List;

import io.netty.buffer.ByteBuf;

import io.tapetum.wire.capability.Capability;
import io.tapetum.wire.capability.CapabilityCode;
import io.tapetum.wire.capability.CapabilityDecoder;

/**
 * Reads an OPEN and checks all that can be checked without knowing the peer (RFC 4271 §6.2).
 *
 * <p>Lengths are compared with what is left, by subtraction, before anything behind them is read: no option or
 * capability can reach past its container, and no container past the message.
 */
final class OpenDecoder {

    /** RFC 4271 §6.2: the data of 2/1 is the version that is supported, in two octets. */
    private static final byte[] SUPPORTED_VERSION = {0, Open.VERSION};
    /** RFC 4271 §4.2: a hold time is zero, or at least this many seconds. */
    private static final int MIN_HOLD_TIME_SECONDS = 3;

    private final ByteBuf frame;
    private final int start;
    private final int end;
    private final List<Capability> capabilities = new ArrayList<>();

    private OpenDecoder(ByteBuf frame) {
        this.frame = frame;
        this.start = frame.readerIndex();
        this.end = frame.writerIndex();
    }

    /** Reads a frame of 29 to 4096 octets. */
    static Open read(ByteBuf frame) throws BgpErrorException {
        return new OpenDecoder(frame).read();
    }

    private Open read() throws BgpErrorException {
        int version = frame.getUnsignedByte(start + OpenLayout.VERSION);
        if (version != Open.VERSION) {
            throw new BgpErrorException(Notification.of(ErrorCode.OPEN_UNSUPPORTED_VERSION, SUPPORTED_VERSION),
                    "BGP version " + version + " instead of " + Open.VERSION);
        }
        int myAs = frame.getUnsignedShort(start + OpenLayout.MY_AS);
        if (myAs == 0) {
            // RFC 7607 §2
            throw error(ErrorCode.OPEN_BAD_PEER_AS, "AS number 0");
        }
        int holdTimeSeconds = frame.getUnsignedShort(start + OpenLayout.HOLD_TIME);
        if (holdTimeSeconds > 0 && holdTimeSeconds < MIN_HOLD_TIME_SECONDS) {
            throw error(ErrorCode.OPEN_UNACCEPTABLE_HOLD_TIME,
                    "hold time of " + holdTimeSeconds + " s instead of 0 or at least " + MIN_HOLD_TIME_SECONDS);
        }
        int identifier = frame.getInt(start + OpenLayout.IDENTIFIER);
        if (identifier == 0) {
            // RFC 6286 §2.2: any number but zero, it need not be a host address.
            throw error(ErrorCode.OPEN_BAD_IDENTIFIER, "BGP identifier 0.0.0.0");
        }
        readParameters();
        checkFourOctetAs(myAs);
        return new Open(version, myAs, holdTimeSeconds, identifier, capabilities);
    }

    private void readParameters() throws BgpErrorException {
        int length = frame.getUnsignedByte(start + OpenLayout.PARAMETERS_LENGTH);
        if (length > 0 && end - start > OpenLayout.EXTENDED_MARK
                && frame.getUnsignedByte(start + OpenLayout.EXTENDED_MARK) == OpenLayout.EXTENDED_TYPE) {
            // RFC 9072 §2: the type alone tells, the one-octet length is ignored then.
            readExtendedParameters();
        } else {
            readParameters(start + OpenLayout.PARAMETERS, length, OpenLayout.PARAMETER_HEADER_LENGTH);
        }
    }

    private void readExtendedParameters() throws BgpErrorException {
        if (end - start < OpenLayout.EXTENDED_PARAMETERS) {
            throw malformed("extended optional parameters without a length");
        }
        readParameters(start + OpenLayout.EXTENDED_PARAMETERS,
                frame.getUnsignedShort(start + OpenLayout.EXTENDED_PARAMETERS_LENGTH),
                OpenLayout.EXTENDED_PARAMETER_HEADER_LENGTH);
    }

    /**
     * Reads all parameters.
     *
     * @param headerLength 2 or 3: the type, and a length of one or of two octets
     */
    private void readParameters(int from, int totalLength, int headerLength) throws BgpErrorException {
        if (totalLength != end - from) {
            throw malformed("optional parameters of " + totalLength + " octets where " + (end - from) + " follow");
        }
        int at = from;
        while (at < end) {
            if (end - at < headerLength) {
                throw malformed("an optional parameter cut short in its header");
            }
            int type = frame.getUnsignedByte(at);
            int length = headerLength == OpenLayout.PARAMETER_HEADER_LENGTH
                    ? frame.getUnsignedByte(at + 1)
                    : frame.getUnsignedShort(at + 1);
            at += headerLength;
            if (length > end - at) {
                throw malformed("optional parameter " + type + " of " + length + " octets where " + (end - at)
                        + " are left");
            }
            if (type != OpenLayout.CAPABILITIES_TYPE) {
                // RFC 4271 §6.2, also for 255 anywhere but in the first place (RFC 9072 §2).
                throw error(ErrorCode.OPEN_UNSUPPORTED_PARAMETER,
                        "optional parameter " + type + " instead of " + OpenLayout.CAPABILITIES_TYPE);
            }
            readCapabilities(at, at + length);
            at += length;
        }
    }

    private void readCapabilities(int from, int limit) throws BgpErrorException {
        int at = from;
        while (at < limit) {
            if (limit - at < OpenLayout.PARAMETER_HEADER_LENGTH) {
                throw malformed("a capability cut short in its header");
            }
            int code = frame.getUnsignedByte(at);
            int length = frame.getUnsignedByte(at + 1);
            at += OpenLayout.PARAMETER_HEADER_LENGTH;
            if (length > limit - at) {
                throw malformed("capability " + code + " of " + length + " octets where " + (limit - at) + " are left");
            }
            capabilities.add(CapabilityDecoder.read(code, frame, at, length));
            at += length;
        }
    }

    /**
     * The two ways to say one's AS number must agree (RFC 6793 §4.1, RFC 7607 §2).
     *
     * <p>A four-octet AS capability of another length is the one malformed capability that cannot be passed over: its
     * sender will write four-octet AS paths, and without it they would be read as two-octet ones.
     */
    private void checkFourOctetAs(int myAs) throws BgpErrorException {
        for (Capability capability : capabilities) {
            if (capability instanceof Capability.Unknown unknown && unknown.code() == CapabilityCode.FOUR_OCTET_AS) {
                throw malformed("four-octet AS capability of " + unknown.value().length + " octets instead of 4");
            }
            if (capability instanceof Capability.FourOctetAs(long as)) {
                if (as == 0) {
                    throw error(ErrorCode.OPEN_BAD_PEER_AS, "four-octet AS number 0");
                }
                if (myAs != Open.AS_TRANS && as != myAs) {
                    throw error(ErrorCode.OPEN_BAD_PEER_AS,
                            "AS number " + myAs + " and, in four octets, " + as + " in the same OPEN");
                }
            }
        }
    }

    /** RFC 4271 §6.2: a recognised parameter that is malformed has subcode 0. */
    private static BgpErrorException malformed(String reason) {
        return error(ErrorCode.OPEN_UNSPECIFIC, reason);
    }

    private static BgpErrorException error(ErrorCode code, String reason) {
        return new BgpErrorException(Notification.of(code), "OPEN with " + reason);
    }
}
