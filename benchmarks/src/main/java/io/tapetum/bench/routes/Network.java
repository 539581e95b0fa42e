package io.tapetum.bench.routes;

/** What the IPv4 table looks like: a parameter of the benchmarks for which that matters. */
public enum Network {

    /** Many nodes with a few blocks each, hardly any attributes: few prefixes share an UPDATE. */
    CALICO,
    /** Long attributes in great variety. */
    INTERNET;

    /** A table of so many prefixes, the same at every call. */
    public RouteTable table(int prefixes) {
        return switch (this) {
            case CALICO -> CalicoRoutes.ipv4(prefixes);
            case INTERNET -> InternetRoutes.ipv4(prefixes);
        };
    }
}
