using CdBackuper.Media.Sectors;

namespace CdBackuper.Media.Volumes.Iso9660;

/// <summary>Finds directories whose parents' records are lost, by the path table (ECMA-119 §6.9).</summary>
internal static class LostDirectories
{
    private const int RootNumber = 1;

    public static void Find(DiscReader disc, TreeWalk tree, DamageLog damages)
    {
        var table = PathTable.Read(disc, tree.Descriptor, tree.Structures);
        var entries = new FileEntry?[table.Count + 1];
        for (var number = RootNumber; number <= table.Count; number++)
        {
            var record = table[number - RootNumber];
            if (tree.TryFind(record.Start, out entries[number]))
            {
                continue;
            }

            var name = tree.Rule.DirectoryName(record.Name);
            if (!tree.TryReadSelf(record.Start, out var extent))
            {
                damages.Add(
                    DamageIds.StructureUnreadable,
                    record.Start / Sector.Size,
                    $"The directory {DamageLog.Quote(name)} of the path table can't be read.");
                continue;
            }

            EntryFacts? facts = number == RootNumber ? null : new(name, record.Name, null);
            entries[number] = tree.Adopt(entries[record.Parent], facts, extent);
            damages.Add(
                DamageIds.IsoDirectoryFromPathTable,
                record.Start / Sector.Size,
                $"The directory {(facts is null ? "at the root" : DamageLog.Quote(name))} was found by the path table alone: "
                + "its parent's record of it is lost.");
        }
    }
}
