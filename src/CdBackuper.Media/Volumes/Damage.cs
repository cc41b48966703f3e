namespace CdBackuper.Media.Volumes;

/// <summary>A flaw in the disc's own structures, kept as a fact beside the data.</summary>
/// <param name="Id">A stable identifier of the kind of flaw, such as <c>iso.directory.unreadable</c>: see <see cref="DamageIds"/>.</param>
/// <param name="Sector">The sector where it was found, absolute on the disc; null where it has no place.</param>
/// <param name="Detail">One sentence for a person: what was found, and what was done about it.</param>
public readonly record struct Damage(string Id, long? Sector, string Detail);
