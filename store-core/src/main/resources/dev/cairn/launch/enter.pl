# SPDX-License-Identifier: Apache-2.0
# Written by Cairn; changes are overwritten.
#
# perl .cairn-enter (keep|forget) ROOT STORE PROGRAM [ARGUMENT]...
#
# Becomes "ROOT/bin/.cairn-run --inside PROGRAM..." in a mount namespace where ROOT/STORE is shown at STORE and
# everything else is as it was. The process is never forked, so that its number, its terminal, its signals and its
# exit code are the program's. Without root privileges the mount namespace belongs to a new user namespace in which
# the caller keeps user and group. Where the kernel refuses, .cairn-run is told why and tries bwrap.
use strict;

my ($badlang, $root, $store, @rest) = @ARGV;
delete $ENV{PERL_BADLANG} if $badlang eq 'forget';
my $run = "$root/bin/.cairn-run";
my $directory = readlink '/proc/self/cwd';

# Numbers of the system calls mount, umount2, pivot_root and unshare.
my %calls = (x86_64 => [165, 166, 155, 272], aarch64 => [40, 39, 41, 97], i686 => [21, 52, 217, 310],
    riscv64 => [40, 39, 41, 97], armv7l => [21, 52, 218, 337], ppc64le => [21, 52, 203, 282]);
require Config;
my ($machine) = split /-/, $Config::Config{archname};
my ($MOUNT, $UMOUNT, $PIVOT, $UNSHARE) = @{ $calls{$machine} || refuse("no system call numbers for $machine") };
my ($NEWNS, $NEWUSER) = (0x20000, 0x10000000);
my ($RDONLY, $NOSUID, $NODEV, $NOEXEC, $REMOUNT, $BIND, $REC, $SLAVE) = (1, 2, 4, 8, 0x20, 0x1000, 0x4000, 0x80000);

sub refuse {
    exec {$run} $run, '--bwrap', $_[0], @rest;
    die "cairn: cannot execute $run: $!\n";
}

# Once the old root is gone there is no way back.
sub fail {
    print STDERR "cairn: cannot run '$rest[0]': $_[0]: $!\n";
    exit 126;
}

sub mount {
    my ($source, $target, $type, $flags, $data) = @_;
    return syscall($MOUNT, $source, $target, $type, $flags, $data) == 0;
}

sub put {
    my ($file, $text) = @_;
    open(my $out, '>', $file) or refuse("a user namespace cannot be set up ($!)");
    syswrite($out, $text) or refuse("a user namespace cannot be set up ($!)");
    close $out;
}

my ($user, $group) = ($>, $) + 0);
if ($user != 0 || syscall($UNSHARE, $NEWNS) != 0) {
    syscall($UNSHARE, $NEWNS | $NEWUSER) == 0 or refuse("a user namespace cannot be made ($!)");
    put('/proc/self/setgroups', 'deny');
    put('/proc/self/uid_map', "$user $user 1");
    put('/proc/self/gid_map', "$group $group 1");
}
# What the host mounts later shows up here, what is mounted here does not show up there.
mount('none', '/', 'none', $REC | $SLAVE, '') or refuse("mounts cannot be told apart ($!)");

# The new root is an empty file system with every entry of the old one bound into it. Any folder does as the place
# to mount it; pivot_root takes it away from there again.
my $place = "$root$store";
mount('tmpfs', $place, 'tmpfs', $NOSUID | $NODEV, 'mode=0755') or refuse("nothing can be mounted ($!)");
chdir $place or refuse("the new root cannot be entered ($!)");
mkdir 'old';
my ($new, $old) = ('.', 'old');
syscall($PIVOT, $new, $old) == 0 or refuse("the root cannot be changed ($!)");
my ($first) = $store =~ m{^/([^/]+)};
opendir(my $entries, '/old') or fail('reading /');
for my $entry (grep { $_ ne '.' && $_ ne '..' && $_ ne $first } readdir $entries) {
    my ($from, $to) = ("/old/$entry", "/$entry");
    my $target = readlink $from;
    if (defined $target) {
        symlink $target, $to;
    } elsif (-d $from) {
        mkdir $to;
        mount($from, $to, 'none', $BIND | $REC, '');
    } else {
        open my $file, '>', $to;
        mount($from, $to, 'none', $BIND, '');
    }
}
closedir $entries;
my $made = '';
for my $part (grep { $_ ne '' } split m{/}, $store) {
    $made .= "/$part";
    mkdir $made;
}
mount("/old$root$store", $store, 'none', $BIND | $REC, '') or fail("showing the store at $store");
mount('none', $store, 'none', $REMOUNT | $BIND | $RDONLY | $NOSUID | $NODEV, '')
    or mount('none', $store, 'none', $REMOUNT | $BIND | $RDONLY | $NOSUID | $NODEV | $NOEXEC, '');
my $gone = '/old';
syscall($UMOUNT, $gone, 2) == 0 or fail('leaving the old root');
rmdir '/old';
mount('none', '/', 'none', $REMOUNT | $BIND | $RDONLY | $NOSUID | $NODEV, '');
chdir $directory or chdir '/';
exec {$run} $run, '--inside', @rest;
fail("executing $run");
