/** The versions of SQL Server that an instance can have (API metadata, 2026-04-21). */
export const sqlServerVersions: readonly string[] = [
  ...["08r2_ent_ha", "2008r2"],
  ...["2012", "2012_ent_ha", "2012_std_ha", "2012_web"],
  ...["2014_ent_ha", "2014_std_ha"],
  ...["2016_ent_ha", "2016_std_ha", "2016_web", "2016_std_sl"],
  ...["2017_ent", "2017_std_ha", "2017_web", "2017_std_sl"],
  ...["2019_ent", "2019_std_ha", "2019_web", "2019_std_sl"],
  ...["2022_ent", "2022_std_ha", "2022_web"],
];

export const storageTypes: readonly string[] = [
  "local_ssd",
  "ephemeral_ssd",
  "cloud_ssd",
  "cloud_essd",
  "cloud_essd2",
  "cloud_essd3",
  "general_essd",
];
