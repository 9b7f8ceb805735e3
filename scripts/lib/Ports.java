import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/** Prints ports of the loopback that are free: each argument is one that is wished for, or 0; another one if it is taken. */
class Ports {
    public static void main(String[] wishes) throws IOException {
        List<ServerSocket> held = new ArrayList<>(); // until the end, so that none is given twice
        StringBuilder ports = new StringBuilder();
        for (String wish : wishes) {
            ServerSocket socket = open(Integer.parseInt(wish));
            held.add(socket);
            ports.append(ports.isEmpty() ? "" : " ").append(socket.getLocalPort());
        }
        for (ServerSocket socket : held) {
            socket.close();
        }
        System.out.println(ports);
    }

    private static ServerSocket open(int port) throws IOException {
        try {
            return new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        }
    }
}
