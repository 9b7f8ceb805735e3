package dev.kalends.worker;

import java.net.IDN;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/**
 * Where a request goes.
 *
 * @param host a name or an address, without brackets
 * @param path escaped path and query
 */
record HttpTarget(boolean tls, String host, int port, String path) {
    static HttpTarget parse(String url) throws CannotStartException {
        try {
            return of(new URI(url));
        } catch (URISyntaxException e) {
            throw new CannotStartException("the address is none; url=" + url);
        }
    }

    /** A redirect's target, which may be relative. */
    HttpTarget resolve(String location) throws CannotStartException {
        try {
            HttpTarget next = of(new URI(origin() + path).resolve(new URI(location)));
            if (tls && !next.tls()) {
                throw new CannotStartException("a redirect leaves TLS; location=" + location);
            }
            return next;
        } catch (URISyntaxException | IllegalArgumentException e) {
            throw new CannotStartException("a redirect leads nowhere; location=" + location);
        }
    }

    private static HttpTarget of(URI uri) throws CannotStartException {
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        boolean tls = scheme.equals("https");
        if (!tls && !scheme.equals("http")) {
            throw new CannotStartException("only http and https are called; url=" + uri);
        }
        if (uri.getRawUserInfo() != null) {
            throw new CannotStartException(
                    "credentials in an address are not sent, use a header; host=" + uri.getHost());
        }
        if (uri.getHost() == null || uri.getHost().isEmpty() || uri.getPort() > 65_535) {
            throw new CannotStartException("the address names no host and port; url=" + uri);
        }
        int port = uri.getPort() >= 0 ? uri.getPort() : tls ? 443 : 80;
        URI ascii = URI.create(uri.toASCIIString());
        String path = ascii.getRawPath() == null || ascii.getRawPath().isEmpty() ? "/" : ascii.getRawPath();
        String query = ascii.getRawQuery() == null ? "" : "?" + ascii.getRawQuery();
        return new HttpTarget(tls, host(uri), port, path + query);
    }

    private static String host(URI uri) {
        String host = uri.getHost();
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : IDN.toASCII(host);
    }

    boolean sameOrigin(HttpTarget other) {
        return tls == other.tls && port == other.port && host.equalsIgnoreCase(other.host);
    }

    /** The value of the Host header. */
    String authority() {
        String name = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
        return port == (tls ? 443 : 80) ? name : name + ":" + port;
    }

    private String origin() {
        return (tls ? "https://" : "http://") + authority();
    }
}
