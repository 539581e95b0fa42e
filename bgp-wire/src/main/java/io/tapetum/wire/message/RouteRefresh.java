package io.tapetum.wire.message;

/**
 * ROUTE-REFRESH (RFC 2918 §3, RFC 7313 §3.2).
 *
 * @param afi as received: it may be a family that is not routed here
 * @param subtype 0 request, 1 beginning (BoRR), 2 end (EoRR); others are ignored by receivers
 * @param safi as received
 */
public record RouteRefresh(int afi, int subtype, int safi) implements Message {

    public static final int REQUEST = 0;
    public static final int BEGINNING = 1;
    public static final int END = 2;
}
