#!/bin/sh
# A machine of its own, as far as systemd can see: process, mount and control group spaces of their own, with a copy of
# /etc and what was installed into STAGE in /opt, and systemd as its first process.
# Usage: machine.sh STAGE DIRECTORY      needs root; DIRECTORY is for what the machine writes; ends when it is killed
set -eu
stage=$1 dir=$2 role=${3:-outside}

if [ "$role" = outside ]; then
    # systemd takes the group that it is started in for the root of all.
    tree=/sys/fs/cgroup
    [ ! -d /sys/fs/cgroup/systemd ] || tree=/sys/fs/cgroup/systemd
    rmdir "$tree"/kalends-test-* 2>/dev/null || : # those of machines that are gone
    group=$tree/kalends-test-$$
    mkdir "$group"
    echo 0 > "$group/cgroup.procs"
    exec unshare --mount --pid --fork --uts --ipc --cgroup --mount-proc --kill-child "$0" "$stage" "$dir" inside
fi

mount --make-rprivate /
legacy=no
[ ! -d /sys/fs/cgroup/systemd ] || legacy=yes
mount -t tmpfs tmpfs /run
mkdir -p "$dir/etc"
mount -t tmpfs tmpfs "$dir/etc"
cp -a /etc/. "$dir/etc/"
mount --bind "$dir/etc" /etc
mount -t tmpfs tmpfs /var/lib
mount -t tmpfs tmpfs /opt
cp -a "$stage/opt/." /opt/
if [ "$legacy" = yes ]; then
    umount -R /sys/fs/cgroup 2>/dev/null || :
    mount -t tmpfs tmpfs /sys/fs/cgroup
    mkdir /sys/fs/cgroup/systemd
    mount -t cgroup -o none,name=systemd cgroup /sys/fs/cgroup/systemd
else
    mount -t cgroup2 cgroup2 /sys/fs/cgroup
fi

# Nothing of the real machine is started: only the units under test, which wait for no other.
rm -rf /etc/systemd/system
mkdir -p /etc/systemd/system /etc/kalends
cp "$dir/kalends.conf" /etc/kalends/
cp "$dir/worker-w1.env" /etc/kalends/
cp /opt/kalends/lib/systemd/system/kalends*.service /etc/systemd/system/
for unit in kalends.service kalends-worker@.service; do
    mkdir "/etc/systemd/system/$unit.d"
    printf '[Unit]\nDefaultDependencies=no\n' > "/etc/systemd/system/$unit.d/alone.conf"
done
# Half a minute is right for a machine, and long for a test.
printf '[Service]\nWatchdogSec=6s\n' > /etc/systemd/system/kalends.service.d/watchdog.conf
printf '[Unit]\nDefaultDependencies=no\n' > /etc/systemd/system/nothing.target
systemd-sysusers /opt/kalends/lib/sysusers.d/kalends.conf
systemd=/lib/systemd/systemd
[ -x "$systemd" ] || systemd=/usr/lib/systemd/systemd
exec env -i container=kalends-test PATH=/usr/sbin:/usr/bin:/sbin:/bin \
    "$systemd" --system --unit=nothing.target --log-target=console --show-status=false
