package dev.kalends.lease;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The members and the owners at one moment.
 *
 * @param standings members, by id
 * @param ownerByPartition ids of owners; a partition without one is free
 */
public record Overview(List<Standing> standings, Map<Integer, String> ownerByPartition) {
    public Overview {
        standings = List.copyOf(standings);
        ownerByPartition = Map.copyOf(ownerByPartition);
    }

    public Optional<Standing> standing(String id) {
        return standings.stream()
                .filter(standing -> standing.member().id().equals(id))
                .findFirst();
    }

    /** The owner of a partition, when there is one and it is a member. */
    public Optional<Standing> owner(int partition) {
        return Optional.ofNullable(ownerByPartition.get(partition)).flatMap(this::standing);
    }
}
