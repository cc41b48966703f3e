namespace CdBackuper.Linux.Drives;

/// <summary>Which drive it is, in its own words, trimmed. Null where it does not say; all null for files and trays.</summary>
/// <param name="Vendor">Such as "PLEXTOR"; of the INQUIRY answer's bytes 8-15.</param>
/// <param name="Product">Such as "CD-R PX-W1210A"; bytes 16-31.</param>
/// <param name="Firmware">Such as "1.10"; bytes 32-35.</param>
/// <param name="Serial">The unit's serial number (SPC vital product data page 80h).</param>
public sealed record DriveModel(string? Vendor, string? Product, string? Firmware, string? Serial);
