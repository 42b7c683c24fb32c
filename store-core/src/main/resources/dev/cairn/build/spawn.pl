# SPDX-License-Identifier: Apache-2.0
#
# Starts builders for Cairn, each in namespaces of its own, as told on standard input, until that ends; then nothing
# that it started is left. It is one process for all builds, because starting a program of its own for each costs more
# than a small build does.
#
# A request is a decimal length, a newline and that many octets: fields, each ended by a zero octet. The first is
#   start ID LOG FLAGS INSTRUCTION...   clones with these flags, writes both streams to LOG, follows the instructions
#   kill ID                             ends it and everything in its process group or namespace
#   killuser UID                        ends everything of that user
#   group NAME                          who is in it
# Answers are lines: "started ID PID", "ended ID WAIT-STATUS", "failed ID REASON", "group NAME GID UID,GID,GID... ...".
# A started process writes an empty line to LOG once all is set up, else the reason why it is not.
use strict;

$^F = 2;
$| = 1;
umask 022;
$SIG{PIPE} = 'DEFAULT';
require Config;
my ($machine) = split /-/, $Config::Config{archname};

# Numbers of system calls: clone, unshare, mount, umount2, pivot_root, sethostname, setdomainname, prctl, personality,
# setsid, setresuid, setresgid, setgroups, rt_sigprocmask, signalfd4, execve.
my @generic = (220, 97, 40, 39, 41, 161, 162, 167, 92, 157, 147, 149, 159, 135, 74, 221);
my %calls = (
    x86_64 => [56, 272, 165, 166, 155, 170, 171, 157, 135, 112, 117, 119, 116, 14, 289, 59],
    aarch64 => \@generic,
    riscv64 => \@generic,
    i686 => [120, 310, 21, 52, 217, 74, 121, 172, 136, 66, 208, 210, 206, 175, 327, 11],
    arm => [120, 337, 21, 52, 218, 74, 121, 172, 136, 66, 208, 210, 206, 175, 355, 11],
);
@calls{qw(i386 armv7l)} = @calls{qw(i686 arm)};
if (!$calls{$machine}) {
    answer("failed 0 no system call numbers for $machine");
    exit 1;
}
my ($CLONE, $UNSHARE, $MOUNT, $UMOUNT, $PIVOT, $SETHOSTNAME, $SETDOMAINNAME, $PRCTL, $PERSONALITY, $SETSID,
    $SETRESUID, $SETRESGID, $SETGROUPS, $SIGPROCMASK, $SIGNALFD, $EXECVE) = @{ $calls{$machine} };
# What ends a terminal's programs is for whoever asked for builders to hear of.
syscall($SETSID);
my ($SIGCHLD, $NEWNS, $NEWUSER) = (17, 0x20000, 0x10000000);
my ($ENOENT, $ENOEXEC) = (2, 8);
my ($RDONLY, $NOSUID, $NODEV, $NOEXEC, $REMOUNT, $BIND, $REC, $PRIVATE) = (1, 2, 4, 8, 0x20, 0x1000, 0x4000, 0x40000);

my %pids;
my %ids;

sub answer {
    my ($line) = @_;
    $line =~ tr/\n/ /;
    syswrite STDOUT, "$line\n";
}

# Children's ends are read from a descriptor, so that one wait is for everything.
my $mask = pack 'L2', 1 << ($SIGCHLD - 1), 0;
my $nobody = pack 'L2', 0, 0;
syscall($SIGPROCMASK, 0, $mask, $nobody, 8);
my $descriptor = syscall($SIGNALFD, -1, $mask, 8, 02000000);
open my $ends, '<&=', $descriptor or die "cairn: no signals: $!\n";

sub finish {
    my ($pid) = @_;
    kill 'KILL', $pid;
    kill 'KILL', -$pid;
}

sub request {
    my ($what, $id, @rest) = @_;
    if ($what eq 'start') {
        start($id, @rest);
    } elsif ($what eq 'kill') {
        finish($pids{$id}) if $pids{$id};
    } elsif ($what eq 'killuser') {
        killuser($id);
    } elsif ($what eq 'group') {
        group($id);
    }
}

# A process of that user may end all others of it.
sub killuser {
    my ($user) = @_;
    my $pid = fork;
    if (defined $pid && $pid == 0) {
        syscall($SETRESUID, 0 + $user, 0 + $user, 0 + $user);
        kill 'KILL', -1 if $> == $user && $user != 0;
        exit 0;
    }
    waitpid $pid, 0 if $pid;
    answer("killed $user");
}

sub group {
    my ($name) = @_;
    my @entry = getgrnam $name;
    if (!@entry) {
        answer("group $name");
        return;
    }
    my @members;
    for my $member (split / /, $entry[3]) {
        my @user = getpwnam $member or next;
        my @groups;
        setgrent;
        while (my @other = getgrent) {
            push @groups, $other[2] if grep { $_ eq $member } split / /, $other[3];
        }
        endgrent;
        push @members, join ',', $user[2], @groups;
    }
    answer(join ' ', 'group', $name, $entry[2], @members);
}

sub start {
    my ($id, $log, $flags, @instructions) = @_;
    my $out;
    if (!sysopen $out, $log, 1) {
        answer("failed $id $log: $!");
        return;
    }
    my $pid = syscall($CLONE, $flags | $SIGCHLD, 0, 0, 0, 0);
    if ($pid < 0) {
        answer("failed $id " . ($flags ? "making namespaces: $!" : "starting a process: $!"));
        return;
    }
    if ($pid == 0) {
        become($out, @instructions);
    }
    close $out;
    $pids{$id} = $pid;
    $ids{$pid} = $id;
    answer("started $id $pid");
}

# What a started process does; never returns.
sub become {
    my ($out, @instructions) = @_;
    eval {
        syscall($SETSID);
        open STDIN, '<', '/dev/null' or die "/dev/null: $!\n";
        open STDOUT, '>&', $out or die "standard output: $!\n";
        open STDERR, '>&', $out or die "standard error: $!\n";
        follow(@instructions);
        1;
    } or do {
        my $reason = $@;
        $reason =~ tr/\n/ /;
        syswrite STDOUT, "while setting up the child process: $reason\n";
    };
    exit 1;
}

my %step;

sub follow {
    my @rest = @_;
    while (@rest) {
        my $name = shift @rest;
        my $step = $step{$name} or die "unknown instruction '$name'\n";
        $step->(\@rest);
    }
}

sub put {
    my ($file, $text) = @_;
    open my $out, '>', $file or die "writing `$file': $!\n";
    defined syswrite $out, $text or die "writing `$file': $!\n";
    close $out;
}

sub mount {
    my ($source, $target, $type, $flags, $data) = @_;
    return syscall($MOUNT, "$source", "$target", "$type", 0 + $flags, "$data") == 0;
}

# What a mount does not allow already cannot be allowed here, not even by not forbidding it.
sub protect {
    my ($target) = @_;
    my $flags = $REMOUNT | $BIND | $RDONLY | $NOSUID | $NODEV;
    mount('none', $target, 'none', $flags, '') || mount('none', $target, 'none', $flags | $NOEXEC, '')
        or die "making `$target' read-only: $!\n";
}

# Shows a file of the host; links are copied.
sub show {
    my ($from, $to, $optional) = @_;
    my $target = readlink $from;
    if (defined $target) {
        symlink $target, $to or die "linking `$to': $!\n";
        return;
    }
    if (-d $from) {
        -d $to || mkdir $to, 0755 or die "making `$to': $!\n";
    } elsif (-e $from) {
        if (!-e $to) {
            open my $made, '>', $to or die "making `$to': $!\n";
        }
    } else {
        return if $optional;
        die "getting attributes of path `$from': $!\n";
    }
    mount($from, $to, 'none', $BIND | $REC, '') or die "bind mount from `$from' to `$to' failed: $!\n";
}

sub map_ids {
    my ($user, $outer_user, $group, $outer_group) = @_;
    put('/proc/self/setgroups', 'deny');
    put('/proc/self/uid_map', "$user $outer_user 1");
    put('/proc/self/gid_map', "$group $outer_group 1");
}

%step = (
    map => sub { map_ids(splice @{ $_[0] }, 0, 4) },
    # Everything that is mounted from now on is seen by nobody else.
    private => sub { mount('none', '/', 'none', $REC | $PRIVATE, '') or die "making mounts private: $!\n" },
    loopback => sub {
        socket(my $socket, 2, 2, 0) or die "cannot open IP socket: $!\n";
        my $request = pack 'a16 s x22', 'lo', 0x49;
        ioctl($socket, 0x8914, $request) or die "cannot set loopback interface flags: $!\n";
    },
    host => sub {
        my ($name, $domain) = splice @{ $_[0] }, 0, 2;
        syscall($SETHOSTNAME, $name, length $name) == 0 or die "cannot set host name: $!\n";
        syscall($SETDOMAINNAME, $domain, length $domain) == 0 or die "cannot set domain name: $!\n";
    },
    mount => sub {
        my ($source, $target, $type, $flags, $data) = splice @{ $_[0] }, 0, 5;
        mount($source, $target, $type, $flags, $data) or die "mounting `$target': $!\n";
    },
    show => sub { show(splice(@{ $_[0] }, 0, 2)) },
    'show-try' => sub { show(splice(@{ $_[0] }, 0, 2), 1) },
    'show-read-only' => sub {
        my ($from, $to) = splice @{ $_[0] }, 0, 2;
        show($from, $to, 1);
        protect($to) if -e $to && !-l $to;
    },
    # Many items of one folder, read-only: what is shown of a folder that is shown read-only is so as well.
    items => sub {
        my ($store, $place, $to, $count) = splice @{ $_[0] }, 0, 4;
        mkdir $place, 0700 or die "making `$place': $!\n";
        # What else is mounted in it is of no use, but the kernel may not let them be parted.
        mount($store, $place, 'none', $BIND, '') || mount($store, $place, 'none', $BIND | $REC, '')
            or die "bind mount of `$store' failed: $!\n";
        protect($place);
        show("$place/$_", "$to/$_") for splice @{ $_[0] }, 0, $count;
        syscall($UMOUNT, $place, 2) == 0 or die "unmounting `$place': $!\n";
        rmdir $place;
    },
    folder => sub {
        my ($path, $mode) = splice @{ $_[0] }, 0, 2;
        mkdir $path, oct $mode or die "making `$path': $!\n";
        chmod oct $mode, $path;
    },
    parent => sub {
        my ($path) = splice @{ $_[0] }, 0, 1;
        -d $path || mkdir $path, 0755 or die "making `$path': $!\n";
    },
    file => sub {
        my ($path, $mode, $text) = splice @{ $_[0] }, 0, 3;
        put($path, $text);
        chmod oct $mode, $path;
    },
    link => sub {
        my ($target, $path) = splice @{ $_[0] }, 0, 2;
        symlink $target, $path or die "linking `$path': $!\n";
    },
    pivot => sub {
        my ($root) = splice @{ $_[0] }, 0, 1;
        chdir $root or die "cannot change directory to `$root': $!\n";
        mkdir 'real-root', 0;
        my ($new, $old) = ('.', 'real-root');
        syscall($PIVOT, $new, $old) == 0 or die "cannot pivot old root directory onto `$root/real-root': $!\n";
        chdir '/';
        syscall($UMOUNT, $old, 2) == 0 or die "cannot unmount real root filesystem: $!\n";
        rmdir $old;
    },
    protect => sub { protect(splice @{ $_[0] }, 0, 1) },
    # Locks all mounts: a user namespace cannot undo what another one has mounted.
    lock => sub {
        my ($user, $group) = splice @{ $_[0] }, 0, 2;
        syscall($UNSHARE, $NEWNS | $NEWUSER) == 0 or die "creating new user and mount namespaces: $!\n";
        map_ids($user, $user, $group, $group);
    },
    user => sub {
        my ($user, $group, @groups) = split /,/, splice @{ $_[0] }, 0, 1;
        my $list = pack 'L*', @groups;
        syscall($SETGROUPS, scalar @groups, $list) == 0 or die "cannot set supplementary groups of build user: $!\n";
        syscall($SETRESGID, $group + 0, $group + 0, $group + 0) == 0 or die "setgid failed: $!\n";
        syscall($SETRESUID, $user + 0, $user + 0, $user + 0) == 0 or die "setuid failed: $!\n";
    },
    # Out of memory, builders go first.
    expendable => sub { put('/proc/self/oom_score_adj', '1000') },
    personality => sub {
        my $now = syscall($PERSONALITY, 0xffffffff);
        syscall($PERSONALITY, $now | shift @{ $_[0] });
    },
    chdir => sub {
        my ($folder) = splice @{ $_[0] }, 0, 1;
        chdir $folder or die "changing into `$folder': $!\n";
    },
    try => sub { exit 0 },
    exec => sub { execute(@{ $_[0] }) },
);

# Becomes the builder. PLATFORM is what it says, instead or when it cannot be executed here, of another system.
sub execute {
    my ($program, $platform, $elsewhere, $count, @rest) = @_;
    my @arguments = splice @rest, 0, $count;
    my @variables;
    while (my ($name, $value) = splice @rest, 0, 2) {
        push @variables, "$name=$value";
    }
    my ($list, $environment) = (pack('p*', @arguments, undef), pack('p*', @variables, undef));
    open STDIN, '<', '/dev/null';
    # Perl itself ignores one.
    $SIG{$_} = 'DEFAULT' for grep { $_ ne 'KILL' && $_ ne 'STOP' } keys %SIG;
    syscall($PRCTL, 1, 9, 0, 0, 0);
    syscall($SIGPROCMASK, 2, $nobody, 0, 8);
    syswrite STDOUT, "\n";
    if (!$elsewhere) {
        # Not Perl's own exec, which would give what the kernel does not know to a shell.
        syscall($EXECVE, $program, $list, $environment);
        my $doing = $! == $ENOENT ? 'getting status of' : 'executing';
        if ($! != $ENOEXEC || $platform eq '') {
            syswrite STDOUT, "while setting up the child process: in phase exec: $doing `$program': $!\n";
            exit 1;
        }
    }
    syswrite STDOUT, $platform;
    exit 1;
}

my $read = '';
my $wanted = '';
vec($wanted, 0, 1) = 1;
vec($wanted, $descriptor, 1) = 1;
while (1) {
    my $ready = $wanted;
    select($ready, undef, undef, undef) > 0 or next;
    if (vec($ready, $descriptor, 1)) {
        sysread $ends, my $ignored, 4096;
        while ((my $pid = waitpid -1, 1) > 0) {
            my $id = delete $ids{$pid};
            if (defined $id) {
                my $status = $?;
                delete $pids{$id};
                answer("ended $id $status");
            }
        }
    }
    if (vec($ready, 0, 1)) {
        if (!sysread STDIN, $read, 65536, length $read) {
            finish($_) for values %pids;
            exit 0;
        }
        while ($read =~ /^([0-9]+)\n/ && length $read >= length($1) + 1 + $1) {
            my ($header, $length) = (length($1) + 1, $1);
            my @request = split /\0/, substr($read, $header, $length), -1;
            substr($read, 0, $header + $length) = '';
            request(@request);
        }
    }
}
