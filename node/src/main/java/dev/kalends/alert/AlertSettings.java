package dev.kalends.alert;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where alerts go.
 *
 * @param url http or https
 * @param tokenFile holds what is sent as bearer token; read for each try, so that it may be changed
 */
public record AlertSettings(URI url, Optional<Path> tokenFile) {
    /** For the log: without the path, which is a secret with many receivers. */
    public String shown() {
        return url.getScheme() + "://" + url.getRawAuthority();
    }
}
