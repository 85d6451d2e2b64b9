"""Every URL × role × region: who gets in.

A row says how the page is asked (get, or post where it only acts), where its things lie (pomorskie, podravje, `hidden`: an
organisation only the coordinator shows, `members`: one for members of the register), and what each person of the
cast gets: ok, in (asked to sign in), no (403), none (404: looks as if it did not exist), go (sent elsewhere).
Who gets in, no or none by get must get the same by post, or that there is nothing to post (405).
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from django.db import transaction
from django.http import HttpResponseBase
from django.test import Client

from osnowa.home import working
from tests.everything import Everything, furnish
from tests.house.urls import addresses
from tests.world import World

# nobody: not signed in. celina: an account without seats. ala: represents Dobry Chleb in Pomorskie. olga observes, rafal
# reviews, edyta edits, bolek coordinates Pomorskie. darek: operator of the instance.
TABLE = """
address                               how   where       nobody  celina  ala     olga    rafal   edyta   bolek   darek
health                                get   -           ok      ok      ok      ok      ok      ok      ok      ok
robots                                get   -           ok      ok      ok      ok      ok      ok      ok      ok
favicon                               get   -           go      go      go      go      go      go      go      go
home:front                            get   -           ok      ok      ok      ok      ok      ok      ok      ok
home:about                            get   -           ok      ok      ok      ok      ok      ok      ok      ok
home:accessibility                    get   -           ok      ok      ok      ok      ok      ok      ok      ok
home:privacy                          get   -           ok      ok      ok      ok      ok      ok      ok      ok
home:search                           get   -           ok      ok      ok      ok      ok      ok      ok      ok
home:region                           get   pomorskie   ok      ok      ok      ok      ok      ok      ok      ok
home:region                           get   podravje    ok      ok      ok      ok      ok      ok      ok      ok
ui:gallery                            get   -           ok      ok      ok      ok      ok      ok      ok      ok
ui:look                               get   -           go      go      go      go      go      go      go      go
people:profile                        get   -           in      ok      ok      ok      ok      ok      ok      ok
people:export                         get   -           in      ok      ok      ok      ok      ok      ok      ok
people:erase                          get   -           in      ok      ok      ok      ok      ok      ok      ok
people:erased                         get   -           ok      ok      ok      ok      ok      ok      ok      ok
people:invitation                     get   -           ok      ok      ok      ok      ok      ok      ok      ok
people:end_session                    post  -           none    none    none    none    none    none    none    none
account_login                         get   -           ok      go      go      go      go      go      go      go
account_logout                        get   -           go      ok      ok      ok      ok      ok      ok      ok
account_inactive                      get   -           ok      ok      ok      ok      ok      ok      ok      ok
account_signup                        get   -           ok      go      go      go      go      go      go      go
account_reauthenticate                get   -           in      ok      ok      ok      ok      ok      ok      ok
account_email                         get   -           in      ok      ok      ok      ok      ok      ok      ok
account_email_verification_sent       get   -           ok      ok      ok      ok      ok      ok      ok      ok
account_change_password               get   -           in      ok      ok      ok      ok      ok      ok      ok
account_set_password                  get   -           in      go      go      go      go      go      go      go
account_reset_password                get   -           ok      ok      ok      ok      ok      ok      ok      ok
account_confirm_login_code            get   -           in      go      go      go      go      go      go      go
account_confirm_email                 get   -           ok      ok      ok      ok      ok      ok      ok      ok
account_reset_password_from_key_done  get   -           ok      ok      ok      ok      ok      ok      ok      ok
account_reset_password_from_key       get   -           ok      ok      ok      ok      ok      ok      ok      ok
account_reset_password_done           get   -           ok      ok      ok      ok      ok      ok      ok      ok
mfa_index                             get   -           in      ok      ok      ok      ok      ok      ok      ok
mfa_authenticate                      get   -           in      go      go      go      go      go      go      go
mfa_reauthenticate                    get   -           in      go      go      go      go      go      go      go
mfa_activate_totp                     get   -           in      go      go      go      go      go      go      go
mfa_deactivate_totp                   get   -           in      none    none    none    none    none    none    none
mfa_view_recovery_codes               get   -           in      none    none    none    none    none    none    none
mfa_generate_recovery_codes           get   -           in      go      go      go      go      go      go      go
mfa_download_recovery_codes           get   -           in      none    none    none    none    none    none    none
mfa_list_webauthn                     get   -           in      ok      ok      ok      ok      ok      ok      ok
mfa_add_webauthn                      get   -           in      go      go      go      go      go      go      go
mfa_reauthenticate_webauthn           get   -           in      go      go      go      go      go      go      go
mfa_remove_webauthn                   get   -           in      go      go      go      go      go      go      go
mfa_edit_webauthn                     get   -           in      go      go      go      go      go      go      go
mfa_login_webauthn                    get   -           in      go      go      go      go      go      go      go
usersessions_list                     get   -           in      ok      ok      ok      ok      ok      ok      ok
journal:job                           get   -           none    none    none    none    none    none    ok      ok
journal:lately                        get   pomorskie   in      no      no      ok      ok      ok      ok      ok
journal:lately                        get   podravje    in      no      no      no      no      no      no      ok
places:new                            get   -           in      no      no      no      no      no      no      ok
places:boundaries                     get   -           in      no      no      no      no      no      no      ok
places:municipalities                 get   -           ok      ok      ok      ok      ok      ok      ok      ok
places:settings                       get   pomorskie   in      no      no      no      no      no      ok      ok
places:settings                       get   podravje    in      no      no      no      no      no      no      ok
places:subregions                     get   pomorskie   ok      ok      ok      ok      ok      ok      ok      ok
places:subregions                     get   podravje    ok      ok      ok      ok      ok      ok      ok      ok
places:add_subregion                  get   pomorskie   in      no      no      no      no      no      ok      ok
places:add_subregion                  get   podravje    in      no      no      no      no      no      no      ok
places:subregion                      get   pomorskie   in      no      no      no      no      no      ok      ok
places:subregion                      get   podravje    in      no      no      no      no      no      no      ok
places:remove_subregion               post  pomorskie   in      no      no      no      no      no      ok      ok
places:remove_subregion               post  podravje    in      no      no      no      no      no      no      ok
places:seats                          get   pomorskie   in      no      no      no      no      no      ok      ok
places:seats                          get   podravje    in      no      no      no      no      no      no      ok
places:seat                           get   pomorskie   in      no      no      no      no      no      ok      ok
places:seat                           get   podravje    in      no      no      no      no      no      no      ok
maps:map                              get   pomorskie   ok      ok      ok      ok      ok      ok      ok      ok
maps:map                              get   podravje    ok      ok      ok      ok      ok      ok      ok      ok
maps:embed                            get   pomorskie   ok      ok      ok      ok      ok      ok      ok      ok
maps:embed                            get   podravje    ok      ok      ok      ok      ok      ok      ok      ok
maps:export                           get   pomorskie   ok      ok      ok      ok      ok      ok      ok      ok
maps:export                           get   podravje    ok      ok      ok      ok      ok      ok      ok      ok
indicators:statistics                 get   pomorskie   ok      ok      ok      ok      ok      ok      ok      ok
indicators:statistics                 get   podravje    ok      ok      ok      ok      ok      ok      ok      ok
indicators:tables                     get   pomorskie   ok      ok      ok      ok      ok      ok      ok      ok
indicators:tables                     get   podravje    ok      ok      ok      ok      ok      ok      ok      ok
indicators:tables_file                get   pomorskie   ok      ok      ok      ok      ok      ok      ok      ok
indicators:tables_file                get   podravje    ok      ok      ok      ok      ok      ok      ok      ok
indicators:changes                    get   pomorskie   ok      ok      ok      ok      ok      ok      ok      ok
indicators:changes                    get   podravje    ok      ok      ok      ok      ok      ok      ok      ok
indicators:changes_file               get   pomorskie   ok      ok      ok      ok      ok      ok      ok      ok
indicators:changes_file               get   podravje    ok      ok      ok      ok      ok      ok      ok      ok
indicators:figures                    get   pomorskie   ok      ok      ok      ok      ok      ok      ok      ok
indicators:figures                    get   podravje    ok      ok      ok      ok      ok      ok      ok      ok
indicators:figures_file               get   pomorskie   ok      ok      ok      ok      ok      ok      ok      ok
indicators:figures_file               get   podravje    ok      ok      ok      ok      ok      ok      ok      ok
indicators:snapshots                  get   pomorskie   ok      ok      ok      ok      ok      ok      ok      ok
indicators:snapshots                  get   podravje    ok      ok      ok      ok      ok      ok      ok      ok
indicators:keep_snapshot              post  pomorskie   in      no      no      no      no      ok      ok      ok
indicators:keep_snapshot              post  podravje    in      no      no      no      no      no      no      ok
indicators:indicators                 get   -           ok      ok      ok      ok      ok      ok      ok      ok
indicators:indicator                  get   -           ok      ok      ok      ok      ok      ok      ok      ok
indicators:indicator_file             get   -           ok      ok      ok      ok      ok      ok      ok      ok
indicators:import                     get   -           in      no      no      no      no      no      no      ok
indicators:apply                      post  -           in      no      no      no      no      no      no      ok
indicators:take_back                  post  -           in      no      no      no      no      no      no      ok
indicators:profile                    get   pomorskie   ok      ok      ok      ok      ok      ok      ok      ok
indicators:profile                    get   podravje    ok      ok      ok      ok      ok      ok      ok      ok
indicators:profile_file               get   pomorskie   ok      ok      ok      ok      ok      ok      ok      ok
indicators:profile_file               get   podravje    ok      ok      ok      ok      ok      ok      ok      ok
indicators:sector_table               get   pomorskie   ok      ok      ok      ok      ok      ok      ok      ok
indicators:sector_table               get   podravje    ok      ok      ok      ok      ok      ok      ok      ok
indicators:sector_table_file          get   pomorskie   ok      ok      ok      ok      ok      ok      ok      ok
indicators:sector_table_file          get   podravje    ok      ok      ok      ok      ok      ok      ok      ok
indicators:strengths                  get   pomorskie   ok      ok      ok      ok      ok      ok      ok      ok
indicators:strengths                  get   podravje    ok      ok      ok      ok      ok      ok      ok      ok
imports:imports                       get   pomorskie   in      no      no      no      no      ok      ok      ok
imports:imports                       get   podravje    in      no      no      no      no      no      no      ok
imports:template                      get   pomorskie   in      no      no      no      no      ok      ok      ok
imports:template                      get   podravje    in      no      no      no      no      no      no      ok
imports:import                        get   pomorskie   in      no      no      no      no      ok      ok      ok
imports:import                        get   podravje    in      no      no      no      no      no      no      ok
imports:columns                       get   pomorskie   in      no      no      no      no      ok      ok      ok
imports:columns                       get   podravje    in      no      no      no      no      no      no      ok
imports:row                           post  pomorskie   in      no      no      no      no      ok      ok      ok
imports:row                           post  podravje    in      no      no      no      no      no      no      ok
imports:decide                        post  pomorskie   in      no      no      no      no      ok      ok      ok
imports:decide                        post  podravje    in      no      no      no      no      no      no      ok
imports:apply                         post  pomorskie   in      no      no      no      no      ok      ok      ok
imports:apply                         post  podravje    in      no      no      no      no      no      no      ok
imports:undo                          post  pomorskie   in      no      no      no      no      ok      ok      ok
imports:undo                          post  podravje    in      no      no      no      no      no      no      ok
imports:discard                       post  pomorskie   in      no      no      no      no      ok      ok      ok
imports:discard                       post  podravje    in      no      no      no      no      no      no      ok
imports:mend                          get   pomorskie   in      no      no      no      no      ok      ok      ok
imports:mend                          get   podravje    in      no      no      no      no      no      no      ok
register:answer                       get   pomorskie   ok      ok      ok      ok      ok      ok      ok      ok
register:answer                       get   podravje    ok      ok      ok      ok      ok      ok      ok      ok
register:activities                   get   -           ok      ok      ok      ok      ok      ok      ok      ok
register:directory                    get   pomorskie   ok      ok      ok      ok      ok      ok      ok      ok
register:directory                    get   podravje    ok      ok      ok      ok      ok      ok      ok      ok
register:export                       get   pomorskie   ok      ok      ok      ok      ok      ok      ok      ok
register:export                       get   podravje    ok      ok      ok      ok      ok      ok      ok      ok
register:add                          get   pomorskie   in      no      no      no      no      ok      ok      ok
register:add                          get   podravje    in      no      no      no      no      no      no      ok
register:propose_new                  get   pomorskie   ok      ok      ok      ok      ok      ok      ok      ok
register:propose_new                  get   podravje    ok      ok      ok      ok      ok      ok      ok      ok
register:save_view                    post  pomorskie   in      ok      ok      ok      ok      ok      ok      ok
register:save_view                    post  podravje    in      ok      ok      ok      ok      ok      ok      ok
register:remove_view                  post  pomorskie   in      none    none    none    none    none    none    none
register:remove_view                  post  podravje    in      none    none    none    none    none    none    none
register:organisation                 get   pomorskie   ok      ok      ok      ok      ok      ok      ok      ok
register:organisation                 get   podravje    ok      ok      ok      ok      ok      ok      ok      ok
register:edit                         get   pomorskie   in      no      ok      no      no      ok      ok      ok
register:edit                         get   podravje    in      no      no      no      no      no      no      ok
register:history                      get   pomorskie   in      no      ok      no      no      ok      ok      ok
register:history                      get   podravje    in      no      no      no      no      no      no      ok
register:restore                      post  pomorskie   in      no      ok      no      no      ok      ok      ok
register:restore                      post  podravje    in      no      no      no      no      no      no      ok
register:close                        get   pomorskie   in      no      no      no      no      ok      ok      ok
register:close                        get   podravje    in      no      no      no      no      no      no      ok
register:reopen                       get   pomorskie   in      no      no      no      no      ok      ok      ok
register:reopen                       get   podravje    in      no      no      no      no      no      no      ok
register:confirm                      post  pomorskie   in      no      ok      no      no      ok      ok      ok
register:confirm                      post  podravje    in      no      no      no      no      no      no      ok
register:ask                          post  pomorskie   in      no      no      no      no      ok      ok      ok
register:ask                          post  podravje    in      no      no      no      no      no      no      ok
register:contacts                     get   pomorskie   in      no      ok      no      no      ok      ok      ok
register:contacts                     get   podravje    in      no      no      no      no      no      no      ok
register:contact                      get   pomorskie   in      no      ok      no      no      ok      ok      ok
register:contact                      get   podravje    in      no      no      no      no      no      no      ok
register:figures                      get   pomorskie   in      no      ok      no      no      ok      ok      ok
register:figures                      get   podravje    in      no      no      no      no      no      no      ok
register:figures_row                  get   pomorskie   in      no      ok      no      no      ok      ok      ok
register:figures_row                  get   podravje    in      no      no      no      no      no      no      ok
register:recognitions                 get   pomorskie   in      no      ok      no      no      ok      ok      ok
register:recognitions                 get   podravje    in      no      no      no      no      no      no      ok
register:recognition                  get   pomorskie   in      no      ok      no      no      ok      ok      ok
register:recognition                  get   podravje    in      no      no      no      no      no      no      ok
register:listings                     get   pomorskie   in      no      ok      no      no      ok      ok      ok
register:listings                     get   podravje    in      no      no      no      no      no      no      ok
register:listing                      get   pomorskie   in      no      ok      no      no      ok      ok      ok
register:listing                      get   podravje    in      no      no      no      no      no      no      ok
register:seats                        get   pomorskie   in      no      ok      no      no      no      ok      ok
register:seats                        get   podravje    in      no      no      no      no      no      no      ok
register:seat                         get   pomorskie   in      no      ok      no      no      no      ok      ok
register:seat                         get   podravje    in      no      no      no      no      no      no      ok
register:propose                      get   pomorskie   ok      ok      ok      ok      ok      ok      ok      ok
register:propose                      get   podravje    ok      ok      ok      ok      ok      ok      ok      ok
register:claim                        get   pomorskie   ok      ok      ok      ok      ok      ok      ok      ok
register:claim                        get   podravje    ok      ok      ok      ok      ok      ok      ok      ok
register:moderation                   get   pomorskie   in      no      no      no      ok      no      ok      ok
register:moderation                   get   podravje    in      no      no      no      no      no      no      ok
register:proposal                     get   pomorskie   in      no      no      no      ok      no      ok      ok
register:proposal                     get   podravje    in      no      no      no      no      no      no      ok
register:duplicates                   get   pomorskie   in      no      no      no      no      ok      ok      ok
register:duplicates                   get   podravje    in      no      no      no      no      no      no      ok
register:look_for_duplicates          post  pomorskie   in      no      no      no      no      ok      ok      ok
register:look_for_duplicates          post  podravje    in      no      no      no      no      no      no      ok
register:duplicate                    get   pomorskie   in      no      no      no      no      ok      ok      ok
register:duplicate                    get   podravje    in      no      no      no      no      no      no      ok
register:merge                        get   pomorskie   in      no      no      no      no      ok      ok      ok
register:merge                        get   podravje    in      no      no      no      no      no      no      ok
register:same                         get   pomorskie   in      no      no      no      no      ok      ok      ok
register:same                         get   podravje    in      no      no      no      no      no      no      ok
register:same                         get   hidden      none    none    none    none    no      ok      ok      ok
register:quality                      get   pomorskie   ok      ok      ok      ok      ok      ok      ok      ok
register:quality                      get   podravje    ok      ok      ok      ok      ok      ok      ok      ok
register:campaign                     post  pomorskie   in      no      no      no      no      ok      ok      ok
register:campaign                     post  podravje    in      no      no      no      no      no      no      ok
register:organisation                 get   hidden      none    none    none    none    ok      ok      ok      ok
register:organisation                 get   members     none    none    ok      ok      ok      ok      ok      ok
register:propose                      get   hidden      none    none    none    none    ok      ok      ok      ok
register:propose                      get   members     none    none    ok      ok      ok      ok      ok      ok
register:claim                        get   hidden      none    none    none    none    ok      ok      ok      ok
register:claim                        get   members     none    none    ok      ok      ok      ok      ok      ok
register:edit                         get   hidden      none    none    none    none    no      ok      ok      ok
register:edit                         get   members     none    none    no      no      no      ok      ok      ok
register:history                      get   hidden      none    none    none    none    no      ok      ok      ok
register:history                      get   members     none    none    no      no      no      ok      ok      ok
register:contacts                     get   hidden      none    none    none    none    no      ok      ok      ok
register:contacts                     get   members     none    none    no      no      no      ok      ok      ok
data:catalogue                        get   -           ok      ok      ok      ok      ok      ok      ok      ok
data:codes                            get   -           ok      ok      ok      ok      ok      ok      ok      ok
data:profiles                         get   -           ok      ok      ok      ok      ok      ok      ok      ok
data:sitemap                          get   -           ok      ok      ok      ok      ok      ok      ok      ok
data:sitemap_pages                    get   -           ok      ok      ok      ok      ok      ok      ok      ok
data:scheme                           get   -           303     303     303     303     303     303     303     303
data:thing                            get   pomorskie   ok      ok      ok      ok      ok      ok      ok      ok
data:thing                            get   podravje    ok      ok      ok      ok      ok      ok      ok      ok
data:thing                            get   hidden      none    none    none    none    none    none    none    none
data:thing                            get   members     none    none    none    none    none    none    none    none
data:profile                          get   pomorskie   ok      ok      ok      ok      ok      ok      ok      ok
data:profile                          get   podravje    ok      ok      ok      ok      ok      ok      ok      ok
data:profile                          get   hidden      none    none    none    none    none    none    none    none
data:profile                          get   members     none    none    none    none    none    none    none    none
data:listing                          get   pomorskie   ok      ok      ok      ok      ok      ok      ok      ok
data:listing                          get   podravje    ok      ok      ok      ok      ok      ok      ok      ok
data:listing                          get   hidden      none    none    none    none    none    none    none    none
data:listing                          get   members     none    none    none    none    none    none    none    none
data:package                          get   pomorskie   ok      ok      ok      ok      ok      ok      ok      ok
data:package                          get   podravje    ok      ok      ok      ok      ok      ok      ok      ok
data:changes                          get   pomorskie   ok      ok      ok      ok      ok      ok      ok      ok
data:changes                          get   podravje    ok      ok      ok      ok      ok      ok      ok      ok
data:dump                             get   pomorskie   ok      ok      ok      ok      ok      ok      ok      ok
data:dump                             get   podravje    ok      ok      ok      ok      ok      ok      ok      ok
data:sitemap_region                   get   pomorskie   ok      ok      ok      ok      ok      ok      ok      ok
data:sitemap_region                   get   podravje    ok      ok      ok      ok      ok      ok      ok      ok
data:api_description                  get   -           ok      ok      ok      ok      ok      ok      ok      ok
data:api_regions                      get   -           ok      ok      ok      ok      ok      ok      ok      ok
data:api_places                       get   -           ok      ok      ok      ok      ok      ok      ok      ok
data:api_place                        get   -           ok      ok      ok      ok      ok      ok      ok      ok
data:api_code_lists                   get   -           ok      ok      ok      ok      ok      ok      ok      ok
data:api_code_list                    get   -           ok      ok      ok      ok      ok      ok      ok      ok
data:api_indicators                   get   -           ok      ok      ok      ok      ok      ok      ok      ok
data:api_indicator_values             get   -           ok      ok      ok      ok      ok      ok      ok      ok
data:api_docs                         get   -           go      go      go      go      go      go      go      go
data:api_nowhere                      get   -           none    none    none    none    none    none    none    none
data:api_region                       get   pomorskie   ok      ok      ok      ok      ok      ok      ok      ok
data:api_region                       get   podravje    ok      ok      ok      ok      ok      ok      ok      ok
data:api_changes                      get   pomorskie   ok      ok      ok      ok      ok      ok      ok      ok
data:api_changes                      get   podravje    ok      ok      ok      ok      ok      ok      ok      ok
data:api_sector_table                 get   pomorskie   ok      ok      ok      ok      ok      ok      ok      ok
data:api_sector_table                 get   podravje    ok      ok      ok      ok      ok      ok      ok      ok
data:api_statistics                   get   pomorskie   ok      ok      ok      ok      ok      ok      ok      ok
data:api_statistics                   get   podravje    ok      ok      ok      ok      ok      ok      ok      ok
data:api_explained_changes            get   pomorskie   ok      ok      ok      ok      ok      ok      ok      ok
data:api_explained_changes            get   podravje    ok      ok      ok      ok      ok      ok      ok      ok
data:api_yearly_figures               get   pomorskie   ok      ok      ok      ok      ok      ok      ok      ok
data:api_yearly_figures               get   podravje    ok      ok      ok      ok      ok      ok      ok      ok
data:api_organisations                get   pomorskie   ok      ok      ok      ok      ok      ok      ok      ok
data:api_organisations                get   podravje    ok      ok      ok      ok      ok      ok      ok      ok
data:api_organisation_of_region       get   pomorskie   ok      ok      ok      ok      ok      ok      ok      ok
data:api_organisation_of_region       get   podravje    ok      ok      ok      ok      ok      ok      ok      ok
data:api_organisation_of_region       get   hidden      none    none    none    none    none    none    none    none
data:api_organisation_of_region       get   members     none    none    none    none    none    none    none    none
data:api_organisation                 get   pomorskie   ok      ok      ok      ok      ok      ok      ok      ok
data:api_organisation                 get   podravje    ok      ok      ok      ok      ok      ok      ok      ok
data:api_organisation                 get   hidden      none    none    none    none    none    none    none    none
data:api_organisation                 get   members     none    none    none    none    none    none    none    none
data:api_figures                      get   pomorskie   ok      ok      ok      ok      ok      ok      ok      ok
data:api_figures                      get   podravje    ok      ok      ok      ok      ok      ok      ok      ok
data:api_figures                      get   hidden      none    none    none    none    none    none    none    none
data:api_figures                      get   members     none    none    none    none    none    none    none    none
data:api_listings                     get   pomorskie   ok      ok      ok      ok      ok      ok      ok      ok
data:api_listings                     get   podravje    ok      ok      ok      ok      ok      ok      ok      ok
data:api_listings                     get   hidden      none    none    none    none    none    none    none    none
data:api_listings                     get   members     none    none    none    none    none    none    none    none
data:api_recognitions                 get   pomorskie   ok      ok      ok      ok      ok      ok      ok      ok
data:api_recognitions                 get   podravje    ok      ok      ok      ok      ok      ok      ok      ok
data:api_recognitions                 get   hidden      none    none    none    none    none    none    none    none
data:api_recognitions                 get   members     none    none    none    none    none    none    none    none
data:api_close                        post  pomorskie   ok      ok      ok      ok      ok      ok      ok      ok
data:api_confirm                      post  pomorskie   ok      ok      ok      ok      ok      ok      ok      ok
opendata:api                          get   -           ok      ok      ok      ok      ok      ok      ok      ok
opendata:keys                         get   -           in      ok      ok      ok      ok      ok      ok      ok
opendata:end_key                      post  -           none    none    none    none    none    none    none    none
opendata:everywhere                   get   -           ok      ok      ok      ok      ok      ok      ok      ok
opendata:region                       get   pomorskie   ok      ok      ok      ok      ok      ok      ok      ok
opendata:region                       get   podravje    ok      ok      ok      ok      ok      ok      ok      ok
meetings:meetings                     get   pomorskie   ok      ok      ok      ok      ok      ok      ok      ok
meetings:meetings                     get   podravje    ok      ok      ok      ok      ok      ok      ok      ok
meetings:meeting                      get   pomorskie   ok      ok      ok      ok      ok      ok      ok      ok
meetings:meeting                      get   podravje    ok      ok      ok      ok      ok      ok      ok      ok
meetings:meeting_file                 get   pomorskie   ok      ok      ok      ok      ok      ok      ok      ok
meetings:meeting_file                 get   podravje    ok      ok      ok      ok      ok      ok      ok      ok
meetings:register                     get   pomorskie   ok      ok      ok      ok      ok      ok      ok      ok
meetings:register                     get   podravje    ok      ok      ok      ok      ok      ok      ok      ok
meetings:organisations                get   pomorskie   ok      ok      ok      ok      ok      ok      ok      ok
meetings:organisations                get   podravje    ok      ok      ok      ok      ok      ok      ok      ok
meetings:series                       get   pomorskie   ok      ok      ok      ok      ok      ok      ok      ok
meetings:series                       get   podravje    ok      ok      ok      ok      ok      ok      ok      ok
meetings:meeting                      get   hidden      none    none    none    none    none    ok      ok      ok
meetings:meeting                      get   members     none    none    ok      ok      ok      ok      ok      ok
meetings:register                     get   hidden      none    none    none    none    none    ok      ok      ok
meetings:new                          get   pomorskie   in      no      no      no      no      ok      ok      ok
meetings:new                          get   podravje    in      no      no      no      no      no      no      ok
meetings:edit                         get   pomorskie   in      no      no      no      no      ok      ok      ok
meetings:edit                         get   podravje    in      no      no      no      no      no      no      ok
meetings:cancel                       get   pomorskie   in      no      no      no      no      ok      ok      ok
meetings:cancel                       get   podravje    in      no      no      no      no      no      no      ok
meetings:new_series                   get   pomorskie   in      no      no      no      no      ok      ok      ok
meetings:new_series                   get   podravje    in      no      no      no      no      no      no      ok
meetings:edit_series                  get   pomorskie   in      no      no      no      no      ok      ok      ok
meetings:edit_series                  get   podravje    in      no      no      no      no      no      no      ok
meetings:fill_series                  get   pomorskie   in      no      no      no      no      ok      ok      ok
meetings:fill_series                  get   podravje    in      no      no      no      no      no      no      ok
meetings:series_attendance_file       get   pomorskie   in      no      no      no      no      ok      ok      ok
meetings:series_attendance_file       get   podravje    in      no      no      no      no      no      no      ok
meetings:guests                       get   pomorskie   in      no      no      no      no      ok      ok      ok
meetings:guests                       get   podravje    in      no      no      no      no      no      no      ok
meetings:add_guest                    get   pomorskie   in      no      no      no      no      ok      ok      ok
meetings:add_guest                    get   podravje    in      no      no      no      no      no      no      ok
meetings:invite                       get   pomorskie   in      no      no      no      no      ok      ok      ok
meetings:invite                       get   podravje    in      no      no      no      no      no      no      ok
meetings:attendance                   get   pomorskie   in      no      no      no      no      ok      ok      ok
meetings:attendance                   get   podravje    in      no      no      no      no      no      no      ok
meetings:attendance_file              get   pomorskie   in      no      no      no      no      ok      ok      ok
meetings:attendance_file              get   podravje    in      no      no      no      no      no      no      ok
meetings:agenda                       get   pomorskie   in      no      no      no      no      ok      ok      ok
meetings:agenda                       get   podravje    in      no      no      no      no      no      no      ok
meetings:block                        get   pomorskie   in      no      no      no      no      ok      ok      ok
meetings:block                        get   podravje    in      no      no      no      no      no      no      ok
meetings:minutes                      get   pomorskie   in      no      no      ok      ok      ok      ok      ok
meetings:minutes                      get   podravje    in      no      no      no      no      no      no      ok
meetings:minutes_file                 get   pomorskie   in      no      no      ok      ok      ok      ok      ok
meetings:minutes_file                 get   podravje    in      no      no      no      no      no      no      ok
meetings:freeze                       post  pomorskie   in      no      no      no      no      ok      ok      ok
meetings:freeze                       post  podravje    in      no      no      no      no      no      no      ok
meetings:paper                        get   pomorskie   in      no      no      no      no      ok      ok      ok
meetings:paper                        get   podravje    in      no      no      no      no      no      no      ok
meetings:follow_ups                   get   pomorskie   in      no      no      no      no      ok      ok      ok
meetings:follow_ups                   get   podravje    in      no      no      no      no      no      no      ok
meetings:follow_up                    get   pomorskie   in      no      no      no      no      ok      ok      ok
meetings:follow_up                    get   podravje    in      no      no      no      no      no      no      ok
meetings:announce                     post  pomorskie   in      no      no      no      no      ok      ok      ok
meetings:announce                     post  podravje    in      no      no      no      no      no      no      ok
meetings:hold                         post  pomorskie   in      no      no      no      no      ok      ok      ok
meetings:hold                         post  podravje    in      no      no      no      no      no      no      ok
meetings:at_the_door                  post  pomorskie   in      no      no      no      no      ok      ok      ok
meetings:at_the_door                  post  podravje    in      no      no      no      no      no      no      ok
meetings:move_block                   post  pomorskie   in      no      no      no      no      ok      ok      ok
meetings:move_block                   post  podravje    in      no      no      no      no      no      no      ok
meetings:mine                         get   pomorskie   ok      ok      ok      ok      ok      ok      ok      ok
meetings:mine_ics                     get   pomorskie   ok      ok      ok      ok      ok      ok      ok      ok
meetings:answer                       post  pomorskie   ok      ok      ok      ok      ok      ok      ok      ok
meetings:here                         get   pomorskie   ok      ok      ok      ok      ok      ok      ok      ok
meetings:check_in                     get   pomorskie   in      no      no      no      no      ok      ok      ok
short:here                            get   pomorskie   go      go      go      go      go      go      go      go
short:feed                            get   pomorskie   ok      ok      ok      ok      ok      ok      ok      ok
short:feed                            get   podravje    ok      ok      ok      ok      ok      ok      ok      ok
short:join                            get   pomorskie   go      go      go      go      go      go      go      go
meetings:join                         get   pomorskie   ok      ok      ok      ok      ok      ok      ok      ok
meetings:phone                        get   pomorskie   go      go      go      go      go      go      go      go
meetings:now                          get   pomorskie   409     409     409     409     409     409     409     409
meetings:say                          post  pomorskie   ok      ok      ok      ok      ok      ok      ok      ok
meetings:wall                         get   pomorskie   in      no      no      no      no      ok      ok      ok
meetings:wall                         get   podravje    in      no      no      no      no      no      no      ok
meetings:wall_now                     get   pomorskie   in      no      no      no      no      ok      ok      ok
meetings:wall_now                     get   podravje    in      no      no      no      no      no      no      ok
meetings:lead                         get   pomorskie   in      no      no      no      no      ok      ok      ok
meetings:lead                         get   podravje    in      no      no      no      no      no      no      ok
meetings:lead_now                     get   pomorskie   in      no      no      no      no      ok      ok      ok
meetings:lead_now                     get   podravje    in      no      no      no      no      no      no      ok
meetings:wall                         get   hidden      none    none    none    none    none    ok      ok      ok
meetings:lead                         get   hidden      none    none    none    none    none    ok      ok      ok
meetings:open_block                   post  pomorskie   in      no      no      no      no      ok      ok      ok
meetings:open_block                   post  podravje    in      no      no      no      no      no      no      ok
meetings:close_block                  post  pomorskie   in      no      no      no      no      ok      ok      ok
meetings:close_block                  post  podravje    in      no      no      no      no      no      no      ok
meetings:names                        post  pomorskie   in      no      no      no      no      ok      ok      ok
meetings:names                        post  podravje    in      no      no      no      no      no      no      ok
meetings:arrange                      post  pomorskie   in      no      no      no      no      ok      ok      ok
meetings:arrange                      post  podravje    in      no      no      no      no      no      no      ok
assessments:answer                    get   -           ok      ok      ok      ok      ok      ok      ok      ok
asked:answer                          get   -           go      go      go      go      go      go      go      go
assessments:rounds                    get   pomorskie   ok      ok      ok      ok      ok      ok      ok      ok
assessments:rounds                    get   podravje    ok      ok      ok      ok      ok      ok      ok      ok
assessments:compare                   get   pomorskie   ok      ok      ok      ok      ok      ok      ok      ok
assessments:compare                   get   podravje    ok      ok      ok      ok      ok      ok      ok      ok
assessments:instruments               get   pomorskie   ok      ok      ok      ok      ok      ok      ok      ok
assessments:instruments               get   podravje    ok      ok      ok      ok      ok      ok      ok      ok
assessments:instrument                get   pomorskie   ok      ok      ok      ok      ok      ok      ok      ok
assessments:instrument                get   podravje    ok      ok      ok      ok      ok      ok      ok      ok
assessments:instrument_file           get   pomorskie   ok      ok      ok      ok      ok      ok      ok      ok
assessments:instrument_file           get   podravje    ok      ok      ok      ok      ok      ok      ok      ok
assessments:round                     get   pomorskie   ok      ok      ok      ok      ok      ok      ok      ok
assessments:round                     get   podravje    ok      ok      ok      ok      ok      ok      ok      ok
assessments:round_file                get   pomorskie   ok      ok      ok      ok      ok      ok      ok      ok
assessments:round_file                get   podravje    ok      ok      ok      ok      ok      ok      ok      ok
assessments:import                    get   pomorskie   in      no      no      no      no      ok      ok      ok
assessments:import                    get   podravje    in      no      no      no      no      no      no      ok
assessments:edit                      get   pomorskie   in      no      no      no      no      ok      ok      ok
assessments:edit                      get   podravje    in      no      no      no      no      no      no      ok
assessments:edit_dimension            get   pomorskie   in      no      no      no      no      ok      ok      ok
assessments:edit_dimension            get   podravje    in      no      no      no      no      no      no      ok
assessments:add_dimension             get   pomorskie   in      no      no      no      no      ok      ok      ok
assessments:add_dimension             get   podravje    in      no      no      no      no      no      no      ok
assessments:arrange                   post  pomorskie   in      no      no      no      no      ok      ok      ok
assessments:arrange                   post  podravje    in      no      no      no      no      no      no      ok
assessments:in_block                  get   pomorskie   in      no      no      no      no      ok      ok      ok
assessments:in_block                  get   podravje    in      no      no      no      no      no      no      ok
assessments:new                       get   pomorskie   in      no      no      no      no      ok      ok      ok
assessments:new                       get   podravje    in      no      no      no      no      no      no      ok
assessments:settings                  get   pomorskie   in      no      no      no      no      ok      ok      ok
assessments:settings                  get   podravje    in      no      no      no      no      no      no      ok
assessments:agreed                    get   pomorskie   in      no      no      no      no      ok      ok      ok
assessments:agreed                    get   podravje    in      no      no      no      no      no      no      ok
assessments:paper                     get   pomorskie   in      no      no      no      no      ok      ok      ok
assessments:paper                     get   podravje    in      no      no      no      no      no      no      ok
assessments:form                      get   pomorskie   in      no      no      no      no      ok      ok      ok
assessments:form                      get   podravje    in      no      no      no      no      no      no      ok
assessments:open                      post  pomorskie   in      no      no      no      no      ok      ok      ok
assessments:open                      post  podravje    in      no      no      no      no      no      no      ok
assessments:close                     post  pomorskie   in      no      no      no      no      ok      ok      ok
assessments:close                     post  podravje    in      no      no      no      no      no      no      ok
clusters:clusters                     get   pomorskie   ok      ok      ok      ok      ok      ok      ok      ok
clusters:clusters                     get   podravje    ok      ok      ok      ok      ok      ok      ok      ok
clusters:cluster                      get   pomorskie   ok      ok      ok      ok      ok      ok      ok      ok
clusters:cluster                      get   podravje    ok      ok      ok      ok      ok      ok      ok      ok
clusters:cluster                      get   hidden      none    none    none    ok      ok      ok      ok      ok
clusters:new                          get   pomorskie   in      no      no      no      no      ok      ok      ok
clusters:new                          get   podravje    in      no      no      no      no      no      no      ok
clusters:edit                         get   pomorskie   in      no      no      no      no      ok      ok      ok
clusters:edit                         get   podravje    in      no      no      no      no      no      no      ok
clusters:edit                         get   hidden      none    none    none    no      no      ok      ok      ok
clusters:portrait                     get   pomorskie   ok      ok      ok      ok      ok      ok      ok      ok
clusters:portrait                     get   podravje    ok      ok      ok      ok      ok      ok      ok      ok
clusters:portrait                     get   hidden      none    none    none    ok      ok      ok      ok      ok
clusters:edit_portrait                get   pomorskie   in      no      no      no      no      ok      ok      ok
clusters:edit_portrait                get   podravje    in      no      no      no      no      no      no      ok
clusters:ecosystem                    get   pomorskie   ok      ok      ok      ok      ok      ok      ok      ok
clusters:ecosystem                    get   podravje    ok      ok      ok      ok      ok      ok      ok      ok
clusters:ecosystem                    get   hidden      none    none    none    ok      ok      ok      ok      ok
clusters:add_actor                    get   pomorskie   in      no      no      no      no      ok      ok      ok
clusters:add_actor                    get   podravje    in      no      no      no      no      no      no      ok
clusters:actor                        get   pomorskie   in      no      no      no      no      ok      ok      ok
clusters:actor                        get   podravje    in      no      no      no      no      no      no      ok
clusters:remove_actor                 post  pomorskie   in      no      no      no      no      ok      ok      ok
clusters:remove_actor                 post  podravje    in      no      no      no      no      no      no      ok
clusters:health                       get   pomorskie   in      no      no      ok      ok      ok      ok      ok
clusters:health                       get   podravje    in      no      no      no      no      no      no      ok
clusters:facts                        get   pomorskie   in      no      no      no      no      ok      ok      ok
clusters:facts                        get   podravje    in      no      no      no      no      no      no      ok
clusters:pilot                        get   pomorskie   in      no      no      no      no      ok      ok      ok
clusters:pilot                        get   podravje    in      no      no      no      no      no      no      ok
clusters:compare_book                 get   pomorskie   in      no      no      no      no      ok      ok      ok
clusters:compare_book                 get   podravje    in      no      no      no      no      no      no      ok
clusters:compare_book                 get   hidden      none    none    none    no      no      ok      ok      ok
clusters:canvas                       get   pomorskie   ok      ok      ok      ok      ok      ok      ok      ok
clusters:canvas                       get   podravje    ok      ok      ok      ok      ok      ok      ok      ok
clusters:canvas                       get   hidden      none    none    none    ok      ok      ok      ok      ok
clusters:canvas_file                  get   pomorskie   ok      ok      ok      ok      ok      ok      ok      ok
clusters:canvas_file                  get   podravje    ok      ok      ok      ok      ok      ok      ok      ok
clusters:canvas_file                  get   hidden      none    none    none    ok      ok      ok      ok      ok
clusters:dimension                    get   pomorskie   ok      ok      ok      ok      ok      ok      ok      ok
clusters:dimension                    get   podravje    ok      ok      ok      ok      ok      ok      ok      ok
clusters:dimension                    get   hidden      none    none    none    ok      ok      ok      ok      ok
clusters:dimension_versions           get   pomorskie   ok      ok      ok      ok      ok      ok      ok      ok
clusters:dimension_versions           get   podravje    ok      ok      ok      ok      ok      ok      ok      ok
clusters:dimension_versions           get   hidden      none    none    none    ok      ok      ok      ok      ok
clusters:dimension_text               get   pomorskie   in      no      no      no      no      ok      ok      ok
clusters:dimension_text               get   podravje    in      no      no      no      no      no      no      ok
clusters:dimension_text               get   hidden      none    none    none    no      no      ok      ok      ok
clusters:add_point                    get   pomorskie   in      no      no      no      no      ok      ok      ok
clusters:add_point                    get   podravje    in      no      no      no      no      no      no      ok
clusters:add_point                    get   hidden      none    none    none    no      no      ok      ok      ok
clusters:point                        get   pomorskie   in      no      no      no      no      ok      ok      ok
clusters:point                        get   podravje    in      no      no      no      no      no      no      ok
clusters:point                        get   hidden      none    none    none    no      no      ok      ok      ok
clusters:remove_point                 post  pomorskie   in      no      no      no      no      ok      ok      ok
clusters:remove_point                 post  podravje    in      no      no      no      no      no      no      ok
clusters:remove_point                 post  hidden      none    none    none    no      no      ok      ok      ok
clusters:members                      get   pomorskie   ok      ok      ok      ok      ok      ok      ok      ok
clusters:members                      get   podravje    ok      ok      ok      ok      ok      ok      ok      ok
clusters:members                      get   hidden      none    none    none    ok      ok      ok      ok      ok
clusters:members_file                 get   pomorskie   ok      ok      ok      ok      ok      ok      ok      ok
clusters:members_file                 get   podravje    ok      ok      ok      ok      ok      ok      ok      ok
clusters:members_file                 get   hidden      none    none    none    ok      ok      ok      ok      ok
clusters:add_candidates               get   pomorskie   in      no      no      no      no      ok      ok      ok
clusters:add_candidates               get   podravje    in      no      no      no      no      no      no      ok
clusters:add_candidates               get   hidden      none    none    none    no      no      ok      ok      ok
clusters:take_signatories             post  pomorskie   in      no      no      no      no      ok      ok      ok
clusters:take_signatories             post  podravje    in      no      no      no      no      no      no      ok
clusters:take_signatories             post  hidden      none    none    none    no      no      ok      ok      ok
clusters:renewals                     get   pomorskie   in      no      no      no      no      ok      ok      ok
clusters:renewals                     get   podravje    in      no      no      no      no      no      no      ok
clusters:renewals                     get   hidden      none    none    none    no      no      ok      ok      ok
clusters:issue_fees                   post  pomorskie   in      no      no      no      no      ok      ok      ok
clusters:issue_fees                   post  podravje    in      no      no      no      no      no      no      ok
clusters:issue_fees                   post  hidden      none    none    none    no      no      ok      ok      ok
clusters:add_tier                     get   pomorskie   in      no      no      no      no      ok      ok      ok
clusters:add_tier                     get   podravje    in      no      no      no      no      no      no      ok
clusters:add_tier                     get   hidden      none    none    none    no      no      ok      ok      ok
clusters:tier                         get   pomorskie   in      no      no      no      no      ok      ok      ok
clusters:tier                         get   podravje    in      no      no      no      no      no      no      ok
clusters:tier                         get   hidden      none    none    none    no      no      ok      ok      ok
clusters:remove_tier                  post  pomorskie   in      no      no      no      no      ok      ok      ok
clusters:remove_tier                  post  podravje    in      no      no      no      no      no      no      ok
clusters:remove_tier                  post  hidden      none    none    none    no      no      ok      ok      ok
clusters:fee                          get   pomorskie   in      no      no      no      no      ok      ok      ok
clusters:fee                          get   podravje    in      no      no      no      no      no      no      ok
clusters:fee                          get   hidden      none    none    none    no      no      ok      ok      ok
clusters:mandate                      get   pomorskie   in      no      no      no      no      ok      ok      ok
clusters:mandate                      get   podravje    in      no      no      no      no      no      no      ok
clusters:mandate                      get   hidden      none    none    none    no      no      ok      ok      ok
clusters:end_mandate                  post  pomorskie   in      no      no      no      no      ok      ok      ok
clusters:end_mandate                  post  podravje    in      no      no      no      no      no      no      ok
clusters:end_mandate                  post  hidden      none    none    none    no      no      ok      ok      ok
clusters:add_body                     get   pomorskie   in      no      no      no      no      ok      ok      ok
clusters:add_body                     get   podravje    in      no      no      no      no      no      no      ok
clusters:add_body                     get   hidden      none    none    none    no      no      ok      ok      ok
clusters:edit_rules                   get   pomorskie   in      no      no      no      no      ok      ok      ok
clusters:edit_rules                   get   podravje    in      no      no      no      no      no      no      ok
clusters:edit_rules                   get   hidden      none    none    none    no      no      ok      ok      ok
clusters:body                         get   pomorskie   in      no      no      no      no      ok      ok      ok
clusters:body                         get   podravje    in      no      no      no      no      no      no      ok
clusters:body                         get   hidden      none    none    none    no      no      ok      ok      ok
clusters:remove_body                  post  pomorskie   in      no      no      no      no      ok      ok      ok
clusters:remove_body                  post  podravje    in      no      no      no      no      no      no      ok
clusters:remove_body                  post  hidden      none    none    none    no      no      ok      ok      ok
clusters:add_term                     get   pomorskie   in      no      no      no      no      ok      ok      ok
clusters:add_term                     get   podravje    in      no      no      no      no      no      no      ok
clusters:add_term                     get   hidden      none    none    none    no      no      ok      ok      ok
clusters:term                         get   pomorskie   in      no      no      no      no      ok      ok      ok
clusters:term                         get   podravje    in      no      no      no      no      no      no      ok
clusters:term                         get   hidden      none    none    none    no      no      ok      ok      ok
clusters:end_term                     post  pomorskie   in      no      no      no      no      ok      ok      ok
clusters:end_term                     post  podravje    in      no      no      no      no      no      no      ok
clusters:end_term                     post  hidden      none    none    none    no      no      ok      ok      ok
clusters:apply                        get   pomorskie   in      no      ok      no      no      ok      ok      ok
clusters:apply                        get   podravje    in      no      no      no      no      no      no      ok
clusters:apply                        get   hidden      none    none    none    no      no      ok      ok      ok
clusters:mandates                     get   pomorskie   in      no      no      ok      ok      ok      ok      ok
clusters:mandates                     get   podravje    in      no      no      no      no      no      no      ok
clusters:mandates                     get   hidden      none    none    none    ok      ok      ok      ok      ok
clusters:fees                         get   pomorskie   in      no      no      ok      ok      ok      ok      ok
clusters:fees                         get   podravje    in      no      no      no      no      no      no      ok
clusters:fees                         get   hidden      none    none    none    ok      ok      ok      ok      ok
clusters:fee_simulation               get   pomorskie   in      no      no      ok      ok      ok      ok      ok
clusters:fee_simulation               get   podravje    in      no      no      no      no      no      no      ok
clusters:fee_simulation               get   hidden      none    none    none    ok      ok      ok      ok      ok
clusters:member                       get   pomorskie   ok      ok      ok      ok      ok      ok      ok      ok
clusters:member                       get   podravje    ok      ok      ok      ok      ok      ok      ok      ok
clusters:member                       get   hidden      none    none    none    none    ok      ok      ok      ok
clusters:edit_member                  get   pomorskie   in      no      no      no      no      ok      ok      ok
clusters:edit_member                  get   podravje    in      no      no      no      no      no      no      ok
clusters:edit_member                  get   hidden      none    none    none    none    no      ok      ok      ok
clusters:decide                       get   pomorskie   in      no      no      no      no      ok      ok      ok
clusters:decide                       get   podravje    in      no      no      no      no      no      no      ok
clusters:decide                       get   hidden      none    none    none    none    no      ok      ok      ok
clusters:end_membership               get   pomorskie   in      no      no      no      no      ok      ok      ok
clusters:end_membership               get   podravje    in      no      no      no      no      no      no      ok
clusters:end_membership               get   hidden      none    none    none    none    no      ok      ok      ok
clusters:onboarding                   post  pomorskie   in      no      no      no      no      ok      ok      ok
clusters:onboarding                   post  podravje    in      no      no      no      no      no      no      ok
clusters:onboarding                   post  hidden      none    none    none    none    no      ok      ok      ok
clusters:own_fee                      get   pomorskie   in      no      no      no      no      ok      ok      ok
clusters:own_fee                      get   podravje    in      no      no      no      no      no      no      ok
clusters:own_fee                      get   hidden      none    none    none    none    no      ok      ok      ok
clusters:renew                        get   pomorskie   in      no      ok      no      no      ok      ok      ok
clusters:renew                        get   podravje    in      no      no      no      no      no      no      ok
clusters:renew                        get   hidden      none    none    none    none    no      ok      ok      ok
clusters:add_mandate                  get   pomorskie   in      no      ok      no      no      ok      ok      ok
clusters:add_mandate                  get   podravje    in      no      no      no      no      no      no      ok
clusters:add_mandate                  get   hidden      none    none    none    none    no      ok      ok      ok
clusters:bodies                       get   pomorskie   ok      ok      ok      ok      ok      ok      ok      ok
clusters:bodies                       get   podravje    ok      ok      ok      ok      ok      ok      ok      ok
clusters:bodies                       get   hidden      none    none    none    ok      ok      ok      ok      ok
clusters:rules                        get   pomorskie   ok      ok      ok      ok      ok      ok      ok      ok
clusters:rules                        get   podravje    ok      ok      ok      ok      ok      ok      ok      ok
clusters:rules                        get   hidden      none    none    none    ok      ok      ok      ok      ok
clusters:services                     get   pomorskie   ok      ok      ok      ok      ok      ok      ok      ok
clusters:services                     get   podravje    ok      ok      ok      ok      ok      ok      ok      ok
clusters:services                     get   hidden      none    none    none    ok      ok      ok      ok      ok
clusters:services_file                get   pomorskie   ok      ok      ok      ok      ok      ok      ok      ok
clusters:services_file                get   podravje    ok      ok      ok      ok      ok      ok      ok      ok
clusters:services_file                get   hidden      none    none    none    ok      ok      ok      ok      ok
clusters:usage                        get   pomorskie   in      no      no      ok      ok      ok      ok      ok
clusters:usage                        get   podravje    in      no      no      no      no      no      no      ok
clusters:usage                        get   hidden      none    none    none    ok      ok      ok      ok      ok
clusters:ledger                       get   pomorskie   in      no      no      ok      ok      ok      ok      ok
clusters:ledger                       get   podravje    in      no      no      no      no      no      no      ok
clusters:ledger                       get   hidden      none    none    none    ok      ok      ok      ok      ok
clusters:money                        get   pomorskie   in      no      no      ok      ok      ok      ok      ok
clusters:money                        get   podravje    in      no      no      no      no      no      no      ok
clusters:money                        get   hidden      none    none    none    ok      ok      ok      ok      ok
clusters:money_file                   get   pomorskie   in      no      no      ok      ok      ok      ok      ok
clusters:money_file                   get   podravje    in      no      no      no      no      no      no      ok
clusters:money_file                   get   hidden      none    none    none    ok      ok      ok      ok      ok
clusters:seed                         get   pomorskie   in      no      no      no      no      ok      ok      ok
clusters:seed                         get   podravje    in      no      no      no      no      no      no      ok
clusters:seed                         get   hidden      none    none    none    no      no      ok      ok      ok
clusters:new_service                  get   pomorskie   in      no      no      no      no      ok      ok      ok
clusters:new_service                  get   podravje    in      no      no      no      no      no      no      ok
clusters:new_service                  get   hidden      none    none    none    no      no      ok      ok      ok
clusters:note_uses                    get   pomorskie   in      no      no      no      no      ok      ok      ok
clusters:note_uses                    get   podravje    in      no      no      no      no      no      no      ok
clusters:note_uses                    get   hidden      none    none    none    no      no      ok      ok      ok
clusters:reverse_use                  get   pomorskie   in      no      no      no      no      ok      ok      ok
clusters:reverse_use                  get   podravje    in      no      no      no      no      no      no      ok
clusters:reverse_use                  get   hidden      none    none    none    no      no      ok      ok      ok
clusters:service                      get   pomorskie   in      no      no      no      no      ok      ok      ok
clusters:service                      get   podravje    in      no      no      no      no      no      no      ok
clusters:service                      get   hidden      none    none    none    no      no      ok      ok      ok
clusters:close_service                get   pomorskie   in      no      no      no      no      ok      ok      ok
clusters:close_service                get   podravje    in      no      no      no      no      no      no      ok
clusters:close_service                get   hidden      none    none    none    no      no      ok      ok      ok
clusters:move_service                 post  pomorskie   in      no      no      no      no      ok      ok      ok
clusters:move_service                 post  podravje    in      no      no      no      no      no      no      ok
clusters:move_service                 post  hidden      none    none    none    no      no      ok      ok      ok
clusters:money_year                   get   pomorskie   in      no      no      no      no      ok      ok      ok
clusters:money_year                   get   podravje    in      no      no      no      no      no      no      ok
clusters:money_year                   get   hidden      none    none    none    no      no      ok      ok      ok
clusters:copy_year                    post  pomorskie   in      no      no      no      no      ok      ok      ok
clusters:copy_year                    post  podravje    in      no      no      no      no      no      no      ok
clusters:copy_year                    post  hidden      none    none    none    no      no      ok      ok      ok
agreements:verify                     get   -           ok      ok      ok      ok      ok      ok      ok      ok
agreements:agreements                 get   pomorskie   ok      ok      ok      ok      ok      ok      ok      ok
agreements:agreements                 get   podravje    ok      ok      ok      ok      ok      ok      ok      ok
agreements:agreement                  get   pomorskie   ok      ok      ok      ok      ok      ok      ok      ok
agreements:agreement                  get   podravje    ok      ok      ok      ok      ok      ok      ok      ok
agreements:text_file                  get   pomorskie   ok      ok      ok      ok      ok      ok      ok      ok
agreements:text_file                  get   podravje    ok      ok      ok      ok      ok      ok      ok      ok
agreements:register_file              get   pomorskie   ok      ok      ok      ok      ok      ok      ok      ok
agreements:register_file              get   podravje    ok      ok      ok      ok      ok      ok      ok      ok
agreements:sheet                      get   pomorskie   ok      ok      ok      ok      ok      ok      ok      ok
agreements:sheet                      get   podravje    ok      ok      ok      ok      ok      ok      ok      ok
agreements:agreement                  get   hidden      none    none    none    ok      ok      ok      ok      ok
agreements:text_file                  get   hidden      none    none    none    ok      ok      ok      ok      ok
agreements:register_file              get   hidden      none    none    none    none    none    none    none    none
agreements:sheet                      get   hidden      none    none    none    none    none    none    none    none
agreements:new                        get   pomorskie   in      no      no      no      no      ok      ok      ok
agreements:new                        get   podravje    in      no      no      no      no      no      no      ok
agreements:edit                       get   pomorskie   in      no      no      no      no      ok      ok      ok
agreements:edit                       get   podravje    in      no      no      no      no      no      no      ok
agreements:text                       get   pomorskie   in      no      no      no      no      ok      ok      ok
agreements:text                       get   podravje    in      no      no      no      no      no      no      ok
agreements:versions                   get   pomorskie   in      no      no      no      no      ok      ok      ok
agreements:versions                   get   podravje    in      no      no      no      no      no      no      ok
agreements:text                       get   hidden      none    none    none    no      no      ok      ok      ok
agreements:freeze                     get   pomorskie   in      no      no      no      no      no      ok      ok
agreements:freeze                     get   podravje    in      no      no      no      no      no      no      ok
agreements:close                      get   pomorskie   in      no      no      no      no      no      ok      ok
agreements:close                      get   podravje    in      no      no      no      no      no      no      ok
agreements:end                        get   pomorskie   in      no      no      no      no      no      ok      ok
agreements:end                        get   podravje    in      no      no      no      no      no      no      ok
agreements:reviewed                   get   pomorskie   in      no      no      no      no      no      ok      ok
agreements:reviewed                   get   podravje    in      no      no      no      no      no      no      ok
agreements:sign                       get   -           ok      ok      ok      ok      ok      ok      ok      ok
agreements:sign_withdraw              get   -           ok      ok      ok      ok      ok      ok      ok      ok
agreements:own_commitments            get   -           ok      ok      ok      ok      ok      ok      ok      ok
agreements:own_commitment             get   -           ok      ok      ok      ok      ok      ok      ok      ok
agreements:sign_answer                post  -           ok      ok      ok      ok      ok      ok      ok      ok
agreements:join                       get   pomorskie   ok      ok      ok      ok      ok      ok      ok      ok
agreements:join                       get   podravje    ok      ok      ok      ok      ok      ok      ok      ok
agreements:join                       get   hidden      none    none    none    ok      ok      ok      ok      ok
agreements:signatories                get   pomorskie   in      no      no      no      no      ok      ok      ok
agreements:signatories                get   podravje    in      no      no      no      no      no      no      ok
agreements:invite                     get   pomorskie   in      no      no      no      no      ok      ok      ok
agreements:invite                     get   podravje    in      no      no      no      no      no      no      ok
agreements:signatory                  get   pomorskie   in      no      no      no      no      ok      ok      ok
agreements:signatory                  get   podravje    in      no      no      no      no      no      no      ok
agreements:signatory_deed             post  pomorskie   in      no      no      no      no      ok      ok      ok
agreements:signatory_deed             post  podravje    in      no      no      no      no      no      no      ok
agreements:note_signature             get   pomorskie   in      no      no      no      no      ok      ok      ok
agreements:note_signature             get   podravje    in      no      no      no      no      no      no      ok
agreements:check_mandate              get   pomorskie   in      no      no      no      no      ok      ok      ok
agreements:check_mandate              get   podravje    in      no      no      no      no      no      no      ok
agreements:withdraw_signatory         get   pomorskie   in      no      no      no      no      ok      ok      ok
agreements:withdraw_signatory         get   podravje    in      no      no      no      no      no      no      ok
agreements:add_paper                  post  pomorskie   in      no      no      no      no      ok      ok      ok
agreements:add_paper                  post  podravje    in      no      no      no      no      no      no      ok
agreements:paper_file                 get   pomorskie   in      no      no      no      no      ok      ok      ok
agreements:paper_file                 get   podravje    in      no      no      no      no      no      no      ok
agreements:commitments                get   pomorskie   ok      ok      ok      ok      ok      ok      ok      ok
agreements:commitments                get   podravje    ok      ok      ok      ok      ok      ok      ok      ok
agreements:commitments_file           get   pomorskie   in      no      no      no      no      ok      ok      ok
agreements:commitments_file           get   podravje    in      no      no      no      no      no      no      ok
agreements:commitment                 get   pomorskie   in      no      no      no      no      ok      ok      ok
agreements:commitment                 get   podravje    in      no      no      no      no      no      no      ok
agreements:signatory_commitments      get   pomorskie   in      no      no      no      no      ok      ok      ok
agreements:signatory_commitments      get   podravje    in      no      no      no      no      no      no      ok
reports:reports                       get   pomorskie   ok      ok      ok      ok      ok      ok      ok      ok
reports:reports                       get   podravje    ok      ok      ok      ok      ok      ok      ok      ok
reports:report                        get   pomorskie   ok      ok      ok      ok      ok      ok      ok      ok
reports:report                        get   podravje    ok      ok      ok      ok      ok      ok      ok      ok
reports:report                        get   hidden      none    none    none    ok      ok      ok      ok      ok
reports:edition                       get   pomorskie   ok      ok      ok      ok      ok      ok      ok      ok
reports:edition                       get   podravje    ok      ok      ok      ok      ok      ok      ok      ok
reports:edition                       get   hidden      none    none    none    ok      ok      ok      ok      ok
reports:edition_file                  get   pomorskie   ok      ok      ok      ok      ok      ok      ok      ok
reports:edition_file                  get   podravje    ok      ok      ok      ok      ok      ok      ok      ok
reports:edition_file                  get   hidden      none    none    none    ok      ok      ok      ok      ok
reports:compare                       get   pomorskie   ok      ok      ok      ok      ok      ok      ok      ok
reports:compare                       get   podravje    ok      ok      ok      ok      ok      ok      ok      ok
reports:compare                       get   hidden      none    none    none    ok      ok      ok      ok      ok
reports:section                       get   pomorskie   in      no      no      ok      ok      ok      ok      ok
reports:section                       get   podravje    in      no      no      no      no      no      no      ok
reports:section                       get   hidden      none    none    none    ok      ok      ok      ok      ok
reports:history                       get   pomorskie   in      no      no      ok      ok      ok      ok      ok
reports:history                       get   podravje    in      no      no      no      no      no      no      ok
reports:history                       get   hidden      none    none    none    ok      ok      ok      ok      ok
reports:preview                       get   pomorskie   in      no      no      ok      ok      ok      ok      ok
reports:preview                       get   podravje    in      no      no      no      no      no      no      ok
reports:preview                       get   hidden      none    none    none    ok      ok      ok      ok      ok
reports:new                           get   pomorskie   in      no      no      no      no      ok      ok      ok
reports:new                           get   podravje    in      no      no      no      no      no      no      ok
reports:settings                      get   pomorskie   in      no      no      no      no      ok      ok      ok
reports:settings                      get   podravje    in      no      no      no      no      no      no      ok
reports:shelve                        post  pomorskie   in      no      no      no      no      ok      ok      ok
reports:shelve                        post  podravje    in      no      no      no      no      no      no      ok
reports:freeze                        post  pomorskie   in      no      no      no      no      ok      ok      ok
reports:freeze                        post  podravje    in      no      no      no      no      no      no      ok
reports:publish                       post  pomorskie   in      no      no      no      no      ok      ok      ok
reports:publish                       post  podravje    in      no      no      no      no      no      no      ok
"""
ROLES = TABLE.split("\n")[1].split()[3:]
SHUT = ("in", "no", "none")


@dataclass(frozen=True)
class Row:
    name: str
    how: str
    place: str
    expected: dict[str, str]


ROWS = [
    Row(words[0], words[1], words[2], dict(zip(ROLES, words[3:], strict=True)))
    for words in map(str.split, TABLE.strip().splitlines()[1:])
]


def outcome(response: HttpResponseBase) -> str:
    """What a person gets, in a word of the table."""
    if response.streaming:
        b"".join(response)  # type: ignore[call-overload]
    if response.status_code in (301, 302):
        return "in" if "/account/login/" in response["Location"] else "go"
    return {200: "ok", 403: "no", 404: "none"}.get(response.status_code, str(response.status_code))


def after_post(response: HttpResponseBase) -> str:
    """A post that is let in may succeed, or be refused for what it says: both are ok here."""
    word = outcome(response)
    return word if word in (*SHUT, "405") else "ok"


@pytest.fixture
def everything(world: World) -> Everything:
    working.beat()
    return furnish(world)


@pytest.fixture
def enter(world: World, signed_in: Callable[..., Client]) -> Callable[[str], Client]:
    return lambda role: Client() if role == "nobody" else signed_in(getattr(world, role))


def undone(client: Client, address: str) -> str:
    """What a post gives; whatever it did is undone."""
    with transaction.atomic():
        word = after_post(client.post(address))
        transaction.set_rollback(True)
    return word


def differences(client: Client, role: str, everything: Everything) -> Iterator[str]:
    for row in ROWS:
        address, expected = everything.address(row.name, row.place), row.expected[role]
        if row.how == "get":
            got = outcome(client.get(address))
            if got != expected:
                yield f"{row.name} {row.place}: {got}, expected {expected}"
        if row.how == "post" or (expected in SHUT and ":" in row.name):
            got = undone(client, address)
            if got != expected and (row.how, got) != ("get", "405"):
                yield f"POST {row.name} {row.place}: {got}, expected {expected}"


@pytest.mark.parametrize("role", ROLES)
def test_everybody_gets_in_where_the_table_says_and_nowhere_else(role, enter, everything):
    assert list(differences(enter(role), role, everything)) == []


def test_every_address_has_a_row():
    assert {address.name for address in addresses()} - {row.name for row in ROWS} == set()


def test_every_address_of_a_region_is_asked_in_both_regions():
    regional = {address.name for address in addresses() if "<slug:region>" in address.pattern}
    asked = {(row.name, row.place) for row in ROWS}
    assert {(name, place) for name in regional for place in ("pomorskie", "podravje")} - asked == set()
