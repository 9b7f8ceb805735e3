package dev.kalends.cli.chaos;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Networks of their own: a space for each node, joined to ours by a cable, with the servers at addresses of ours. A cut
 * is a rule of the kernel that drops packets, so each side sees what it would see of a network that is gone.
 *
 * <p>Needs to run in a network space that is its own, as {@code scripts/chaos} arranges: nothing of the machine's
 * network is touched, and with the process everything is gone.
 */
final class Spaces {
    static final String ETCD = "10.77.0.10";
    static final String KAFKA = "10.77.0.11";
    private static final String WORLD = "0.0.0.0/0";
    private static final String FORWARD = "/proc/sys/net/ipv4/ip_forward";

    private final Shell shell;

    Spaces(Shell shell) {
        this.shell = shell;
    }

    /** Whether this process has a network to itself. */
    static boolean areThere() {
        return "1".equals(System.getenv("KALENDS_CHAOS_SPACES"));
    }

    /** Once in the life of this process: the addresses of the servers, and rules that come before them. */
    void prepare() {
        if (!addresses().contains(ETCD)) {
            ip("addr", "add", ETCD + "/32", "dev", "lo");
            ip("addr", "add", KAFKA + "/32", "dev", "lo");
            ip("rule", "add", "pref", "1000", "lookup", "local");
            ip("rule", "del", "pref", "0");
            shell.run(List.of("sh", "-c", "echo 1 > " + FORWARD));
        }
    }

    /** Makes the space of a node, or makes it anew. */
    void add(int number) {
        String space = space(number);
        String cable = "v" + number;
        String before = "ip link del " + cable + " 2>/dev/null || :; ip netns del " + space + " 2>/dev/null || :";
        shell.run(List.of("sh", "-c", before));
        ip("netns", "add", space);
        ip("link", "add", cable, "type", "veth", "peer", "name", "e0", "netns", space);
        ip("addr", "add", gateway(number) + "/30", "dev", cable);
        ip("link", "set", cable, "up");
        ip("-n", space, "addr", "add", address(number) + "/30", "dev", "e0");
        ip("-n", space, "link", "set", "e0", "up");
        ip("-n", space, "link", "set", "lo", "up");
        ip("-n", space, "route", "add", "default", "via", gateway(number));
    }

    static String address(int number) {
        return "10.77." + (number + 1) + ".2";
    }

    private static String gateway(int number) {
        return "10.77." + (number + 1) + ".1";
    }

    private static String space(int number) {
        return "kalends" + number;
    }

    /** What a command begins with that is to run in a node's space; it becomes the command. */
    static List<String> within(int number) {
        return List.of("ip", "netns", "exec", space(number));
    }

    Links links(int number) {
        return new Links(
                new Route(address(number), KAFKA),
                new Route(address(number), ETCD),
                new Route(address(number), WORLD),
                Optional.empty());
    }

    private void ip(String... words) {
        List<String> command = new ArrayList<>(List.of("ip"));
        command.addAll(Arrays.asList(words));
        shell.run(command);
    }

    private String addresses() {
        return shell.run(List.of("sh", "-c", "ip addr show dev lo | tr '\\n' ' '"));
    }

    private final class Route implements Way {
        private final String node;
        private final String other;

        Route(String node, String other) {
            this.node = node;
            this.other = other;
        }

        @Override
        public void cut() {
            drop(node, other);
            drop(other, node);
        }

        @Override
        public void holdAnswers() {
            drop(other, node);
        }

        private void drop(String from, String to) {
            ip("rule", "add", "pref", "50", "from", from, "to", to, "blackhole");
        }

        @Override
        public void heal() {
            for (String rule : List.of("from " + node + " to " + other, "from " + other + " to " + node)) {
                shell.run(List.of("sh", "-c", "ip rule del pref 50 " + rule + " blackhole 2>/dev/null || :"));
            }
        }
    }
}
