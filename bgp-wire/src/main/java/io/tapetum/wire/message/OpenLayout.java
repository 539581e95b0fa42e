package io.tapetum.wire.message;

import static io.tapetum.wire.BgpHeader.HEADER_LENGTH;

/**
 * Where the fields of an OPEN stand, in octets from the start of the message (RFC 4271 §4.2).
 *
 * <pre>
 *   19 version 1 | 20 my AS 2 | 22 hold time 2 | 24 identifier 4 | 28 length 1 | 29 parameters: | type 1 | length 1 | value |
 * </pre>
 *
 * When the parameters need more than 255 octets (RFC 9072 §2):
 *
 * <pre>
 *   28 length 1 = 255 | 29 type 1 = 255 | 30 extended length 2 | 32 parameters: | type 1 | length 2 | value |
 * </pre>
 */
final class OpenLayout {

    static final int VERSION = HEADER_LENGTH;
    static final int MY_AS = HEADER_LENGTH + 1;
    static final int HOLD_TIME = HEADER_LENGTH + 3;
    static final int IDENTIFIER = HEADER_LENGTH + 5;
    static final int PARAMETERS_LENGTH = HEADER_LENGTH + 9;
    static final int PARAMETERS = HEADER_LENGTH + 10;
    static final int EXTENDED_MARK = HEADER_LENGTH + 10;
    static final int EXTENDED_PARAMETERS_LENGTH = HEADER_LENGTH + 11;
    static final int EXTENDED_PARAMETERS = HEADER_LENGTH + 13;

    static final int PARAMETER_HEADER_LENGTH = 2;
    static final int EXTENDED_PARAMETER_HEADER_LENGTH = 3;

    /** Most that the one-octet length fields can say. */
    static final int MAX_CLASSIC_LENGTH = 255;
    /** In the place of the first parameter's type: the extended form follows. */
    static final int EXTENDED_TYPE = 255;
    /** RFC 5492 §4. */
    static final int CAPABILITIES_TYPE = 2;

    private OpenLayout() {}
}
