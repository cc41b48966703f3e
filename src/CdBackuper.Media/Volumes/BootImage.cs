namespace CdBackuper.Media.Volumes;

/// <summary>A boot image that El Torito's catalogue names ("El Torito" Bootable CD-ROM Format Specification 1.0, §2). Reported, not extracted.</summary>
/// <param name="Platform">For whom: <c>x86</c>, <c>PowerPC</c>, <c>Macintosh</c>, <c>EFI</c>, or <c>platform 0x2A</c>.</param>
/// <param name="Emulation">As what it is started: <c>none</c>, <c>floppy 1.44</c>, <c>hard disk</c> …</param>
/// <param name="IsBootable">True where the catalogue calls it bootable.</param>
/// <param name="Extent">Where it lies, as far as the catalogue tells its length (in units of 512 bytes; loaders read on).</param>
public sealed record BootImage(string Platform, string Emulation, bool IsBootable, Extent Extent);
