/** A value as config files hold it. Mappings have no prototype, so that no key can reach one. */
export type ConfigValue = null | boolean | number | string | ConfigValue[] | ConfigMapping;
export interface ConfigMapping {
  [key: string]: ConfigValue;
}
