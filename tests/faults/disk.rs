//! What a disk holds after the power went: nothing that was not synced.

use std::fs;
use std::path::Path;

/// Makes a tree anew from what was kept of it by `syscalls.c`. What SQLite calls its shared memory is nothing after a power cut.
pub fn rebuild(disk: &Path, root: &Path) {
    use std::os::unix::fs::MetadataExt;
    let inode = root.metadata().unwrap().ino();
    fs::remove_dir_all(root).unwrap();
    folder(disk, inode, root);
}

fn folder(disk: &Path, inode: u64, path: &Path) {
    fs::create_dir(path).unwrap();
    // a folder whose names were never synced is empty
    let names = fs::read_to_string(disk.join(format!("d{inode}"))).unwrap_or_default();
    for line in names.lines() {
        let mut parts = line.splitn(3, ' ');
        let inode = parts.next().unwrap().parse().unwrap();
        let kind = parts.next().unwrap();
        let name = path.join(parts.next().unwrap());
        if kind == "d" {
            folder(disk, inode, &name);
        } else if !line.ends_with("-shm") {
            file(&disk.join(format!("f{inode}")), &name);
        }
    }
}

/// A file whose bytes were never synced is empty.
fn file(kept: &Path, path: &Path) {
    let made = fs::File::create(path).unwrap();
    if let Ok(mut bytes) = fs::File::open(kept) {
        std::io::copy(&mut bytes, &mut &made).unwrap();
        made.set_modified(bytes.metadata().unwrap().modified().unwrap())
            .unwrap();
    }
}
