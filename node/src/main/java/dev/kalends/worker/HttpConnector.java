package dev.kalends.worker;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * Opens connections for http jobs.
 *
 * <p>A host is resolved once, each of its addresses is judged, and the connection goes to a judged address: a name that
 * changes its mind between check and use gains nothing. TLS still checks the certificate against the name. That is why
 * this is not {@code java.net.http}, which resolves for itself.
 */
final class HttpConnector {
    private static final int CONNECT_MAX_MS = 10_000;

    private final AddressPolicy policy;

    HttpConnector(AddressPolicy policy) {
        this.policy = policy;
    }

    /**
     * Connects.
     *
     * @param open gets each socket before it is waited for, so that another thread can close it
     */
    Socket connect(HttpTarget target, AtomicReference<Socket> open) throws IOException, CannotStartException {
        Optional<IOException> failure = Optional.empty();
        for (InetAddress address : allowed(target.host())) {
            Socket socket = new Socket();
            open.set(socket);
            try {
                socket.connect(new InetSocketAddress(address, target.port()), CONNECT_MAX_MS);
                socket.setTcpNoDelay(true);
                return target.tls() ? secure(socket, target, open) : socket;
            } catch (IOException e) {
                socket.close();
                failure = Optional.of(e);
            }
        }
        throw failure.orElseGet(() -> new UnknownHostException(target.host()));
    }

    private List<InetAddress> allowed(String host) throws UnknownHostException, CannotStartException {
        List<InetAddress> allowed = new ArrayList<>();
        Optional<String> refusal = Optional.empty();
        for (InetAddress address : InetAddress.getAllByName(host)) {
            Optional<String> why = policy.refusal(address);
            if (why.isEmpty()) {
                allowed.add(address);
            } else {
                refusal = Optional.of("the address may not be called: it is " + why.get() + "; host=" + host
                        + " address=" + address.getHostAddress());
            }
        }
        if (allowed.isEmpty() && refusal.isPresent()) {
            throw new CannotStartException(refusal.get());
        }
        return allowed;
    }

    private static Socket secure(Socket plain, HttpTarget target, AtomicReference<Socket> open) throws IOException {
        SSLSocketFactory factory = (SSLSocketFactory) SSLSocketFactory.getDefault();
        SSLSocket socket = (SSLSocket) factory.createSocket(plain, target.host(), target.port(), true);
        open.set(socket);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
    }
}
