#!/bin/sh
# A server as the page on JupyterHub describes it, in a namespace of its own: with its own /etc,
# /srv and processes, all gone when this ends. Arguments: the clone, the folder of its Python, and
# a folder in which the course and the proxy lie ready.
set -eu
clone=$1
python=$2
work=$3

mount --make-rprivate /
mount -t tmpfs -o mode=700 tmpfs /mnt
mkdir /mnt/venv /mnt/package /mnt/python
mount --rbind "$clone/.venv" /mnt/venv
mount --rbind "$clone/safehaven" /mnt/package
mount --rbind "$python" /mnt/python
cp -a /etc /mnt/etc
mv "$work/course" "$work/node_modules" /mnt/

mount --bind /mnt/etc /etc
mount -t tmpfs -o mode=755 tmpfs /srv
mount -t tmpfs -o mode=755 tmpfs "$clone"
# The Python and the environment stay where they are, and can be reached by all, as /usr/bin can;
# of the clone around the environment nothing is left to find.
opened() {
	folder=/
	for name in $(echo "$1" | tr / ' '); do
		folder=${folder%/}/$name
		test ! -d "$folder" || runuser -u nobody -- test -x "$folder" ||
			mount -t tmpfs -o mode=755 tmpfs "$folder"
	done
	mkdir -p "$1"
}
opened "$clone/.venv" && mount --move /mnt/venv "$clone/.venv"
opened "$clone/safehaven" && mount --move /mnt/package "$clone/safehaven"
opened "$python" && mount --move /mnt/python "$python"

mkdir /srv/safehaven /srv/people
mv /mnt/course /srv/safehaven/course
/srv/safehaven/course/deploy/accounts
# What ./programs installs is there already.
ln -s "$clone/.venv" /srv/safehaven/hub/venv
ln -s "$clone/.venv" /srv/safehaven/course/.venv
mv /mnt/node_modules /srv/safehaven/hub/

useradd --create-home --base-dir /srv/people --groups instructor ina
for student in ben cem dee; do
	useradd --create-home --base-dir /srv/people --groups student "$student"
done
useradd --create-home --base-dir /srv/people eve # an account, but not one of this course
for person in ina ben cem dee eve; do echo "$person:word-of-$person"; done | chpasswd

cd /srv/safehaven/state
exec /srv/safehaven/hub/venv/bin/jupyterhub -f /srv/safehaven/hub/jupyterhub_config.py
