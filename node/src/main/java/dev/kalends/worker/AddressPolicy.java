package dev.kalends.worker;

import java.net.InetAddress;
import java.util.Optional;

/**
 * Which addresses an http job may call. It is asked for every address that is connected to, also after redirects, and
 * the connection goes to the very address that was judged.
 */
public enum AddressPolicy {
    /** Any address at all. */
    ANY,
    /** Not link-local ones, where clouds serve their credentials. The default: one tenant, one's own network. */
    NO_LINK_LOCAL,
    /** Only addresses of the public internet: for workers that serve strangers. */
    PUBLIC_ONLY;

    /** Why an address is refused; empty when it may be called. */
    Optional<String> refusal(InetAddress address) {
        return switch (this) {
            case ANY -> Optional.empty();
            case NO_LINK_LOCAL -> metadata(address) ? Optional.of("link-local") : Optional.empty();
            case PUBLIC_ONLY -> {
                if (metadata(address)) {
                    yield Optional.of("link-local");
                }
                yield local(address) ? Optional.of("private") : Optional.empty();
            }
        };
    }

    /** Link-local, or the one metadata address that is not (fd00:ec2::254). */
    private static boolean metadata(InetAddress address) {
        byte[] bytes = embedded(address.getAddress());
        if (bytes.length == 4) {
            return unsigned(bytes, 0) == 169 && unsigned(bytes, 1) == 254;
        }
        boolean linkLocal = unsigned(bytes, 0) == 0xfe && (unsigned(bytes, 1) & 0xc0) == 0x80;
        return linkLocal
                || (unsigned(bytes, 0) == 0xfd
                        && unsigned(bytes, 1) == 0
                        && unsigned(bytes, 2) == 0x0e
                        && unsigned(bytes, 3) == 0xc2);
    }

    private static boolean local(InetAddress address) {
        byte[] bytes = embedded(address.getAddress());
        int first = unsigned(bytes, 0);
        int second = unsigned(bytes, 1);
        if (bytes.length == 4) {
            return first == 0
                    || first == 10
                    || first == 127
                    || first >= 224
                    || (first == 100 && (second & 0xc0) == 64)
                    || (first == 172 && (second & 0xf0) == 16)
                    || (first == 192 && second == 168)
                    || (first == 192 && second == 0 && unsigned(bytes, 2) == 0)
                    || (first == 198 && (second & 0xfe) == 18);
        }
        return address.isLoopbackAddress()
                || address.isAnyLocalAddress()
                || address.isMulticastAddress()
                || (first & 0xfe) == 0xfc
                || (first == 0xfe && (second & 0xc0) == 0xc0);
    }

    /** The IPv4 address inside an IPv6 one, where a gateway would take it out (::a.b.c.d, 64:ff9b::, 2002::). */
    private static byte[] embedded(byte[] bytes) {
        if (bytes.length != 16) {
            return bytes;
        }
        if (unsigned(bytes, 0) == 0x20 && unsigned(bytes, 1) == 0x02) {
            return new byte[] {bytes[2], bytes[3], bytes[4], bytes[5]};
        }
        boolean nat = unsigned(bytes, 0) == 0 && unsigned(bytes, 1) == 0x64 && unsigned(bytes, 2) == 0xff;
        boolean zeros = true;
        for (int i = nat ? 4 : 0; i < 12; i++) {
            zeros &= bytes[i] == 0 || (!nat && i >= 10 && unsigned(bytes, i) == 0xff);
        }
        boolean unspecifiedOrLoopback =
                !nat && bytes[12] == 0 && bytes[13] == 0 && bytes[14] == 0 && (bytes[15] & 0xfe) == 0;
        return zeros && !unspecifiedOrLoopback ? new byte[] {bytes[12], bytes[13], bytes[14], bytes[15]} : bytes;
    }

    private static int unsigned(byte[] bytes, int index) {
        return bytes[index] & 0xff;
    }
}
