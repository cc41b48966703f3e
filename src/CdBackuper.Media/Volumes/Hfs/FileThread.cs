namespace CdBackuper.Media.Volumes.Hfs;

/// <summary>A thread record of a file or folder: by its number, where it lies and what it is called.</summary>
internal readonly record struct FileThread(uint Id, uint ParentId, byte[] RawName);
