# SPDX-License-Identifier: Apache-2.0
# Written by Cairn; changes are overwritten.
#
# perl .cairn-enter (keep|forget) ROOT STORE TREE FILE PROGRAM [ARGUMENT]...
#
# Becomes "ROOT/bin/.cairn-run --profile FILE --inside PROGRAM..." in a mount namespace where ROOT/STORE is shown at
# STORE. Where TREE is not empty, it takes the place of /usr, /etc and, if it has one, /opt, whose own are shown at
# /.host. Everything else is as it is on the host, even where the caller sees a tree. The process is never forked, so
# that its number, its terminal, its signals and its exit code are the program's. Without root privileges the mount
# namespace belongs to a new user namespace in which the caller keeps user and group. Where the kernel refuses,
# .cairn-run is told why and tries bwrap.
use strict;

my ($badlang, $root, $store, $tree, $file, @rest) = @ARGV;
delete $ENV{PERL_BADLANG} if $badlang eq 'forget';
my $run = "$root/bin/.cairn-run";
my $directory = readlink '/proc/self/cwd';
my ($user, $group) = ($>, $) + 0);

# Numbers of the system calls mount, umount2, pivot_root and unshare.
my %calls = (x86_64 => [165, 166, 155, 272], aarch64 => [40, 39, 41, 97], i686 => [21, 52, 217, 310],
    riscv64 => [40, 39, 41, 97], arm => [21, 52, 218, 337], powerpc64le => [21, 52, 203, 282],
    s390x => [21, 52, 217, 303]);
@calls{qw(i386 armv7l ppc64le)} = @calls{qw(i686 arm powerpc64le)};
require Config;
my ($machine) = split /-/, $Config::Config{archname};
my ($MOUNT, $UMOUNT, $PIVOT, $UNSHARE) = @{ $calls{$machine} || refuse("no system call numbers for $machine") };
my ($NEWNS, $NEWUSER) = (0x20000, 0x10000000);
my ($RDONLY, $NOSUID, $NODEV, $NOEXEC, $REMOUNT, $BIND, $REC, $SLAVE) = (1, 2, 4, 8, 0x20, 0x1000, 0x4000, 0x80000);

sub refuse {
    exec {$run} $run, '--profile', $file, '--bwrap', $_[0], @rest;
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

sub protect {
    my ($target) = @_;
    my $flags = $REMOUNT | $BIND | $RDONLY | $NOSUID | $NODEV;
    return mount('none', $target, 'none', $flags, '') || mount('none', $target, 'none', $flags | $NOEXEC, '');
}

# Shows an entry of the old root: a symlink as it is, anything else itself.
sub show {
    my ($from, $to) = @_;
    my $target = readlink $from;
    if (defined $target) {
        symlink $target, $to;
    } elsif (-d $from) {
        mkdir $to;
        mount($from, $to, 'none', $BIND | $REC, '');
    } else {
        open my $made, '>', $to;
        mount($from, $to, 'none', $BIND, '');
    }
}

sub put {
    my ($file, $text) = @_;
    open(my $out, '>', $file) or refuse("a user namespace cannot be set up ($!)");
    syswrite($out, $text) or refuse("a user namespace cannot be set up ($!)");
    close $out;
}

sub names {
    my ($folder) = @_;
    opendir(my $entries, $folder) or fail("reading $folder");
    return grep { $_ ne '.' && $_ ne '..' } readdir $entries;
}

# The text of /etc/passwd or /etc/group with one line more, if the caller is known to a network service of the host
# alone: the tree may lack the way to ask it.
sub naming_caller {
    my ($file, $number, $line) = @_;
    open(my $in, '<', $file) or return;
    my $text = do { local $/; <$in> };
    return if $text =~ /^[^:\n]+:[^:\n]*:$number:/m;
    my $more = $line->() or return;
    return $text . ($text =~ /[^\n]\z/ ? "\n" : '') . "$more\n";
}

my %written;
if ($tree ne '') {
    $written{passwd} = naming_caller('/etc/passwd', $user, sub {
        my @entry = getpwuid $user or return;
        return join ':', $entry[0], 'x', @entry[2, 3, 6, 7, 8];
    });
    $written{group} = naming_caller('/etc/group', $group, sub {
        my @entry = getgrgid $group or return;
        return join ':', $entry[0], 'x', $entry[2], '';
    });
}

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
mkdir '.cairn-old';
my ($new, $old) = ('.', '.cairn-old');
syscall($PIVOT, $new, $old) == 0 or refuse("the root cannot be changed ($!)");

# Where the host's entries are: in the view of a tree, that tree has the place of some.
my ($first) = $store =~ m{^/([^/]+)};
my $replaced = qr/^(?:usr|etc|bin|sbin|lib(?:32|64|x32|o32)?)$/;
my %host = map { ($_ => "/.cairn-old/$_") } grep { $_ ne $first && $_ ne '.cairn-old' && $_ ne '.host' } names('/.cairn-old');
if (-d '/.cairn-old/.host/usr') {
    delete @host{ grep { $_ =~ $replaced } keys %host };
    $host{$_} = "/.cairn-old/.host/$_" for grep { !/^(?:run|proc|var|known|share)$/ } names('/.cairn-old/.host');
}

# What a name in the host's /etc leads to, as the view of a tree shows it. Names in links are meant on the host.
sub known {
    my $target = "/etc/$_[0]";
    for (1 .. 8) {
        my ($top, $below) = $target =~ m{^/+([^/]+)(.*)} or last;
        my $next = readlink(($host{$top} || "/.cairn-old/$top") . $below);
        last if !defined $next;
        $next = ($target =~ s{[^/]*$}{}r) . $next if $next !~ m{^/};
        my @parts;
        for my $part (split m{/+}, $next) {
            if ($part eq '..') {
                pop @parts;
            } elsif ($part ne '' && $part ne '.') {
                push @parts, $part;
            }
        }
        $target = '/' . join '/', @parts;
    }
    my ($top) = $target =~ m{^/+([^/]+)};
    return -e "/.host/$top" ? "/.host$target" : $target;
}

# Certificates that the administrator of the host added (update-ca-certificates(8)) count besides those of the tree: a
# folder with both takes the place of the tree's. Each has a name there, and one by which OpenSSL finds it.
sub trust_added {
    my ($certs) = @_;
    my $local = '/usr/local/share/ca-certificates/';
    return if !-d $certs || -l $certs;
    opendir(my $any, "$host{usr}/local/share/ca-certificates") or return;
    return if !grep { !/^\.\.?$/ } readdir $any;
    opendir(my $trusted, "$host{etc}/ssl/certs") or return;
    my %links = map { ($_ => readlink("$host{etc}/ssl/certs/$_") // '') } readdir $trusted;
    my @added = grep { index($links{$_}, $local) == 0 } sort keys %links or return;
    open(my $bundle, '<', "$certs/ca-certificates.crt") or return;
    mkdir "/.host/known/$_" for qw(certs trusted);
    mount($certs, '/.host/known/certs', 'none', $BIND, '') or return;
    symlink "/.host/known/certs/$_", "/.host/known/trusted/$_" for grep { $_ ne 'ca-certificates.crt' } names($certs);
    open(my $both, '>', '/.host/known/trusted/ca-certificates.crt') or return;
    local $/;
    print {$both} <$bundle>;
    my %is_added;
    for my $name (@added) {
        open(my $certificate, '<', $host{usr} . substr $links{$name}, length '/usr') or next;
        print {$both} <$certificate>, "\n";
        symlink("/.host$links{$name}", "/.host/known/trusted/$name") and $is_added{$name} = 1;
    }
    close $both or return;
    for my $name (grep { /^[0-9a-f]{8}\.[0-9]$/ && $is_added{$links{$_}} } sort keys %links) {
        my $hash = substr $name, 0, 8;
        for my $number (0 .. 9) {
            last if symlink $links{$name}, "/.host/known/trusted/$hash.$number";
        }
    }
    mount('/.host/known/trusted', '/etc/ssl/certs', 'none', $BIND | $REC, '') && protect('/etc/ssl/certs');
}

if ($tree eq '') {
    show($host{$_}, "/$_") for keys %host;
} else {
    my $source = "/.cairn-old$tree";
    my $opt = -d "$source/opt";
    mkdir '/.host';
    for my $name (keys %host) {
        show($host{$name}, $name =~ $replaced || $opt && $name eq 'opt' ? "/.host/$name" : "/$name");
    }
    for my $name ('usr', 'etc', $opt ? 'opt' : ()) {
        mkdir "/$name";
        mount("$source/$name", "/$name", 'none', $BIND | $REC, '') && protect("/$name")
            or fail("showing $tree/$name");
    }
    symlink "usr/$_", "/$_" for grep { $_ ne 'usr' && $_ ne 'etc' && $_ =~ $replaced } names('/usr');
    my $fonts = '/var/cache/fontconfig';
    if (-d "$source$fonts" && -d $fonts) {
        mount("$source$fonts", $fonts, 'none', $BIND | $REC, '') && protect($fonts);
    }
    symlink "../$_", "/.host/$_" for qw(run proc var);
    mkdir "/.host/$_" for qw(share known);
    symlink "../usr/share/$_", "/.host/share/$_" for qw(icons themes sounds);
    for my $name (qw(@KNOWN@)) {
        if (defined $written{$name} && open my $out, '>', "/.host/known/$name") {
            print $out $written{$name};
        } else {
            symlink known($name), "/.host/known/$name";
        }
    }
    trust_added("$source/etc/ssl/certs");
}

my $made = '';
for my $part (grep { $_ ne '' } split m{/}, $store) {
    $made .= "/$part";
    mkdir $made;
}
mount("/.cairn-old$root$store", $store, 'none', $BIND | $REC, '') or fail("showing the store at $store");
protect($store);
my $gone = '/.cairn-old';
syscall($UMOUNT, $gone, 2) == 0 or fail('leaving the old root');
rmdir '/.cairn-old';
mount('none', '/', 'none', $REMOUNT | $BIND | $RDONLY | $NOSUID | $NODEV, '');
if (!defined $directory || !chdir $directory) {
    print STDERR "cairn: '$rest[0]' starts in / because this folder is not there for it: $directory\n"
        if defined $directory;
    chdir '/';
}
exec {$run} $run, '--profile', $file, '--inside', @rest;
fail("executing $run");
