# Run by `unshare --mount`: makes a copy-on-write root over another one, in which packages can be installed, and ends with
# it when its standard input closes. $1: an empty folder. $2: a folder that is to look empty in it. $3: the other root.
set -e
mount --make-rprivate /
mount -t tmpfs tmpfs "$1"
mkdir "$1/changes" "$1/work" "$1/root"
mount -t overlay overlay -o "lowerdir=$3,upperdir=$1/changes,workdir=$1/work" "$1/root"
mount -t proc proc "$1/root/proc"
mount --rbind /dev "$1/root/dev"
mount --rbind /sys "$1/root/sys"
# What is to be installed is here.
mount --bind /tmp "$1/root/tmp"
mkdir -p "$1/root$2"
mount -t tmpfs tmpfs "$1/root$2"
# In a chroot, the kernel would refuse the namespaces of Chromium's sandbox.
mkdir "$1/root/.r1-old-root"
cd "$1/root"
pivot_root . .r1-old-root
umount --lazy /.r1-old-root
echo ready
read -r _ || true
